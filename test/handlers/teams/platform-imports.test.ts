import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDERS = ["src", "handlers", "skills", "models", "scripts"];
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)["'](?:botbuilder|botframework)[^"']*["']/g;
const VALUE_AT_START = /^import\s+(?!type\b)[^;]*["'](?:botbuilder|botframework)[^"']*["']/gm;

/** Every program text below the folders, by its path from here. */
function programs(): readonly { readonly path: string; readonly text: string }[] {
	return FOLDERS.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: "utf8" })
			.filter((name) => /\.[cm]?[jt]s$/.test(name))
			.map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), "utf8") })),
	);
}

it("one file alone knows Microsoft's bot packages, and loads them with the first message only", () => {
	const users = programs().filter(({ text }) => text.search(IMPORT) >= 0);
	expect(users.map(({ path }) => path)).toEqual(["handlers/teams/connector/connector.ts"]);
	expect(users[0]?.text.match(VALUE_AT_START)).toBeNull();
});

it.each([
	'import { CloudAdapter } from "botbuilder";',
	"import 'botframework-connector';",
	'await import("botframework-connector/lib/x.js")',
	'const b = require("botbuilder");',
	'export * from "botframework-schema";',
])("a second user would be found: %s", (text) => {
	expect(text.search(IMPORT)).toBeGreaterThanOrEqual(0);
});

it("a package loaded at the start would be found", () => {
	expect('import { CloudAdapter } from "botbuilder";'.match(VALUE_AT_START)).toHaveLength(1);
	expect('import type { Activity } from "botbuilder";'.match(VALUE_AT_START)).toBeNull();
});
