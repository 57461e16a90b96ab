// Checks a module of Terraform: HashiCorp's parser reads it, all that it refers to is there, and nothing is declared in vain. Each definition
// is read as a template: its placeholders are the variables of its `templatefile`, and the rest of it stands for itself.
//
// Usage: validate-terraform.cjs DIRECTORY
const { deepStrictEqual } = require("node:assert");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { convertFiles, parse } = require("@cdktn/hcl2json");

const directory = process.argv[2];
const findings = [];

// The strings in a tree of JSON.
function strings(json) {
  if (typeof json === "string") return [json];
  return json && typeof json === "object" ? Object.values(json).flatMap(strings) : [];
}

// The references in the expressions of a module, such as `var.name`, `data.aws_region.current` and `aws_iam_role.name`.
function references(module) {
  const pattern = /(?<![\w."/-])(var\.\w+|data\.aws_\w+\.\w+|aws_\w+\.\w+)/g;
  const texts = strings(module).flatMap((text) => [...text.matchAll(/\$\{[\s\S]*\}/g)].map((match) => match[0]));
  return new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1])));
}

function declared(module) {
  const named = (prefix, blocks) =>
    Object.entries(blocks ?? {}).flatMap(([type, names]) => Object.keys(names).map((name) => `${prefix}${type}.${name}`));
  const variables = Object.keys(module.variable ?? {}).map((name) => `var.${name}`);
  return { variables, all: new Set([...variables, ...named("", module.resource), ...named("data.", module.data)]) };
}

async function checkDefinition(name, machine) {
  const call = /^\$\{templatefile\("\$\{path\.module\}\/([^"]+)", \{([\s\S]*)\}\)\}$/.exec(machine.definition);
  if (!call) return findings.push(`${name}: the definition is no templatefile: ${machine.definition}`);
  const given = [...call[2].matchAll(/^\s*(\w+)\s*=/gm)].map((match) => match[1]).sort();
  const text = readFileSync(join(directory, call[1]), "utf8");
  // What stands behind `<<` follows the same rules as the file of a `templatefile`.
  const template = (await parse("definition.tf", `text = <<DEFINITION\n${text}DEFINITION\n`)).text;
  const used = new Set([...template.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]));
  deepStrictEqual([...used].sort(), given, `${name}: the placeholders of ${call[1]} are not what it is given`);
  deepStrictEqual(JSON.parse(template), JSON.parse(text), `${name}: ${call[1]} means something else to Terraform`);
}

async function main() {
  const module = await convertFiles(directory);
  const { variables, all } = declared(module);
  const used = references(module);
  for (const reference of used) if (!all.has(reference)) findings.push(`there is no ${reference}`);
  for (const variable of variables) if (!used.has(variable)) findings.push(`${variable} is never used`);
  const machines = Object.entries(module.resource?.aws_sfn_state_machine ?? {});
  if (machines.length === 0) findings.push("there is no state machine");
  for (const [name, [machine]] of machines) await checkDefinition(name, machine);
}

main()
  .catch((error) => findings.push(error.message))
  .then(() => {
    for (const finding of findings) console.error(`${directory}: ${finding}`);
    process.exitCode = findings.length === 0 ? 0 : 1;
  });
