// `npm run database -- prepare`: migrates the database of DATABASE_URL and makes a user for each role.
import { prepareFromEnvironment } from "./compose/prepare-database.ts";
import { toAppError } from "./domain/errors.ts";

function fail(sentence: string): never {
	process.stderr.write(`${sentence}\n`);
	process.exit(1);
}

if (process.argv[2] !== "prepare") fail('Write "npm run database -- prepare".');
const lines = await prepareFromEnvironment(process.env).catch((error: unknown) => {
	const { code, message, detail } = toAppError(error);
	return fail(code === "internal" && detail ? `${message}\n  ${detail.split("\n")[0]}` : message);
});
process.stdout.write(`${lines.join("\n")}\n`);
