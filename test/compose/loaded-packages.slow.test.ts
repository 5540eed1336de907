import { spawnSync } from "node:child_process";

/** Prints the npm packages that were looked up by the time the process ends. */
const RECORDER = `data:text/javascript,${encodeURIComponent(`
import { registerHooks } from "node:module";
const seen = new Set();
registerHooks({ resolve(name, context, next) {
	const found = next(name, context);
	const match = /node_modules\\/(@[^/]+\\/[^/]+|[^/]+)/.exec(found.url);
	if (match) seen.add(match[1]);
	return found;
} });
process.on("exit", () => console.log(JSON.stringify([...seen])));
`)}`;

/** The packages loaded by a program that imports `module` and ends. */
function loadedBy(module: string): readonly string[] {
	const program = `await import(${JSON.stringify(module)}); process.exit(0);`;
	const args = ["--no-warnings", "--import", RECORDER, "--input-type=module", "-e", program];
	const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
	if (status !== 0) throw new Error(stderr);
	return JSON.parse(stdout) as string[];
}

const OF_PLATFORMS = /^(?:@slack\/|botbuilder|botframework|@resvg\/|@azure\/)/;

test("a product without Slack and Teams loads none of their packages, and nothing that draws pictures", () => {
	const loaded = loadedBy(`${process.cwd()}/src/compose/start-product.ts`);
	expect(loaded).toContain("fastify");
	expect(loaded.filter((name) => OF_PLATFORMS.test(name))).toEqual([]);
});

test("one that is loaded would be seen", () => {
	expect(loadedBy("@slack/web-api").filter((name) => OF_PLATFORMS.test(name))).toContain("@slack/web-api");
});
