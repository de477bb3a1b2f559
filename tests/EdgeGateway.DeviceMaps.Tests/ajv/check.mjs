// node check.mjs SCHEMA FILE…: one line a file, "ok FILE", "no FILE reason", or "unreadable FILE reason" where it is no YAML; a schema that is no schema ends the program.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const [schema, ...files] = process.argv.slice(2);
const accepts = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true }).compile(JSON.parse(readFileSync(schema, "utf8")));
for (const file of files) {
    try {
        const ok = accepts(parse(readFileSync(file, "utf8")));
        console.log(ok ? `ok ${file}` : `no ${file} ${accepts.errors.map(e => `${e.instancePath || "/"} ${e.message}`).slice(0, 5).join("; ")}`);
    } catch (unreadable) {
        console.log(`unreadable ${file} ${String(unreadable.message).split("\n")[0]}`);
    }
}
