// `npm run sign-in [-- --for <platform:tenant:user>]`: prints a link that signs the administrator, or another, in once.
import { parseArgs } from "node:util";
import { z } from "zod";
import { call, fail, runningInstance } from "./running-instance.ts";

const Code = z.object({ code: z.string(), person: z.object({ name: z.string(), role: z.string() }) });

const whom = readArguments();
const instance = runningInstance(process.env);
const input = whom === undefined ? undefined : { identity: whom };
const { code, person } = Code.parse(await call(instance, "POST", "/api/v1/sign-in-codes", input));
if (whom !== undefined)
	process.stdout.write(
		`Signs in as ${person.name} (${person.role}), once, within 30 minutes; give it to nobody else. The audit says that you made it.\n`,
	);
process.stdout.write(`${process.env.PUBLIC_URL ?? instance.url}/sign-in?code=${code}\n`);

function readArguments(): string | undefined {
	try {
		return parseArgs({ args: process.argv.slice(2), options: { for: { type: "string" } } }).values.for;
	} catch {
		return fail('Write "npm run sign-in", or "npm run sign-in -- --for web-console:local:bob".');
	}
}
