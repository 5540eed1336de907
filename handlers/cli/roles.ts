// `npm run roles -- list | grant <platform:tenant:user> <role> | revoke <platform:tenant:user>`
import { z } from "zod";
import { call, fail, runningInstance } from "./running-instance.ts";
import { tableText } from "./table-text.ts";

const USAGE =
	'Write "npm run roles -- list", "npm run roles -- grant slack:T1:U1 operator" or "npm run roles -- revoke slack:T1:U1".';
const People = z.object({
	items: z.array(z.object({ name: z.string(), role: z.string(), identities: z.array(z.string()) })),
});
const Granted = z.object({ name: z.string(), role: z.string() });

const [verb, identity, role = verb === "revoke" ? "guest" : undefined] = process.argv.slice(2);
if (verb === "list") {
	const { items } = People.parse(await call(runningInstance(process.env), "GET", "/api/v1/people"));
	const rows = items.map((person) => [person.role, person.name, person.identities.join(", ")]);
	process.stdout.write(tableText(["role", "person", "accounts"], rows));
} else if ((verb === "grant" || verb === "revoke") && identity !== undefined && role !== undefined) {
	const body = { identity, role };
	const instance = runningInstance(process.env);
	const person = Granted.parse(await call(instance, "POST", "/api/v1/people/roles", body));
	process.stdout.write(`${person.name} (${identity}) is ${person.role} now.\n`);
} else fail(USAGE);
