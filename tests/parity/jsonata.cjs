// Evaluates JSONata as Step Functions does: a request a line, {"expression": …, "bindings": {…}, "now": …}, and an answer a line,
// {"value": …}, {} where the value is undefined, or {"error": …}. Bindings are data; their names have no `$`.
'use strict';

const crypto = require('node:crypto');
const readline = require('node:readline');

const jsonata = require(process.argv[2]);

const compiled = new Map();

function compile(text) {
  if (!compiled.has(text)) {
    const expression = jsonata(text);
    // What Step Functions adds, and what it takes away.
    expression.registerFunction('parse', (json) => JSON.parse(json), '<s:x>');
    expression.registerFunction('uuid', () => crypto.randomUUID(), '<:s>');
    expression.registerFunction('hash', (value, algorithm) => crypto.createHash(algorithm).update(value).digest('hex'), '<ss:s>');
    expression.registerFunction('range', range, '<nnn:a>');
    expression.registerFunction('partition', partition, '<an:a>');
    expression.assign('eval', undefined);
    compiled.set(text, expression);
  }
  return compiled.get(text);
}

function range(first, last, step) {
  return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) => first + index * step);
}

function partition(items, size) {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

async function answer({ expression, bindings, now }) {
  try {
    const millis = () => now;
    const value = await compile(expression).evaluate(undefined, { ...bindings, millis });
    return { value };
  } catch (error) {
    return { error: error.message };
  }
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
  }
}

main();
