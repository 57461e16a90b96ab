// Compares the cases of a file, one JSON object a line, with what the reference implementation of JSONata makes of them:
// {"expression": …, "states": …, "variables": {…}, "value": …}, without a value where the expression has to fail or to be undefined.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');

const [file, version] = process.argv.slice(2);
const installed = path.join(__dirname, '.reference', 'node_modules', 'jsonata');
const jsonata = require(installed);

/** Fewer cases than this say nothing. */
const LEAST = 10000;
/** Differences that are printed; all are counted. */
const SHOWN = 10;

/** Expressions by their text. */
const compiled = new Map();

function compile(expression) {
  if (!compiled.has(expression)) {
    const it = jsonata(expression);
    // Step Functions adds it to JSONata.
    it.registerFunction('parse', (text) => JSON.parse(text), '<s:x>');
    compiled.set(expression, it);
  }
  return compiled.get(expression);
}

/** JSON with the keys of each object in order. */
function canonical(value) {
  const sorted = (_, it) =>
    it !== null && typeof it === 'object' && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it;
  return JSON.stringify(value, sorted);
}

async function difference({ expression, states, variables, value }) {
  let found, why;
  try {
    found = await compile(expression).evaluate(undefined, { ...variables, states });
  } catch (error) {
    why = error.message;
  }
  const [expected, result] = [canonical(value), canonical(found)];
  if (expected === result) return undefined;
  return `${expression}\n  states:    ${canonical(states)}\n  variables: ${canonical(variables)}\n  expected:  ${expected}\n  reference: ${result ?? why}`;
}

async function main() {
  const actual = JSON.parse(fs.readFileSync(path.join(installed, 'package.json'), 'utf8')).version;
  if (actual !== version) throw new Error(`jsonata ${actual} is installed, not ${version}; remove .ci/.reference`);

  let [cases, differences] = [0, 0];
  for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) {
    cases += 1;
    const found = await difference(JSON.parse(line));
    if (found === undefined) continue;
    differences += 1;
    if (differences <= SHOWN) console.error(found);
  }
  console.log(`${cases} cases of ${compiled.size} expressions, ${differences} differences`);
  if (cases < LEAST) throw new Error(`${cases} cases are too few: ${LEAST} are needed`);
  if (differences > 0) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
