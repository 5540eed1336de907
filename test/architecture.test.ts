import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise } from "dependency-cruiser";
import config, { homeOf, MAP } from "../.dependency-cruiser.mjs";

type Module = { source: string; dependencies: { resolved: string }[] };
type Result = {
	modules: Module[];
	summary: { violations: { rule: { name: string }; from: string; to: string }[] };
};

const FOLDERS = ["src", "handlers", "skills", "models"];

async function look(baseDir: string): Promise<Result> {
	const result = await cruise(FOLDERS, {
		...config.options,
		parser: "swc",
		baseDir,
		ruleSet: { forbidden: config.forbidden },
		validate: true,
	});
	return result.output as unknown as Result;
}

/** A small tree in which every folder of the map has a file, plus the violation under test. */
function plant(files: Record<string, string>): string {
	const root = mkdtempSync(join(tmpdir(), "sco-house-"));
	for (const folder of FOLDERS) mkdirSync(join(root, folder), { recursive: true });
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
	return root;
}

async function violationsOf(files: Record<string, string>): Promise<string[]> {
	const root = plant(files);
	try {
		return (await look(root)).summary.violations.map((violation) => violation.rule.name);
	} finally {
		rmSync(root, { recursive: true, force: true });
	}
}

const empty = "export const x = 1;\n";
const imports = (path: string) => `import { x } from "${path}";\nexport const y = x;\n`;

describe("the house", () => {
	it("keeps every import rule", async () => {
		const { summary } = await look(process.cwd());
		const found = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
		expect(found).toEqual([]);
	});

	it("has every module on the map exactly once", async () => {
		const { modules } = await look(process.cwd());
		const own = modules
			.map((module) => module.source)
			.filter((source) => /^(?:src|handlers|skills|models)\//.test(source));
		expect(own.length).toBeGreaterThan(100);
		const homeless = own.filter(
			(source) => MAP.filter((entry) => new RegExp(homeOf(entry)).test(source)).length !== 1,
		);
		expect(homeless).toEqual([]);
	});
});

describe("planted violations are caught", () => {
	const cases: [string, string, Record<string, string>][] = [
		[
			"domain imports a port",
			"src-domain-imports",
			{ "src/ports/p.ts": empty, "src/domain/a.ts": imports("../ports/p.ts") },
		],
		[
			"domain imports node",
			"src-domain-no-core",
			{ "src/domain/a.ts": 'import { join } from "node:path";\nexport const y = join;\n' },
		],
		[
			"a port imports a use case",
			"src-ports-imports",
			{ "src/use-cases/u.ts": empty, "src/ports/p.ts": imports("../use-cases/u.ts") },
		],
		[
			"a model imports a port",
			"models-imports",
			{ "src/ports/p.ts": empty, "models/m.ts": imports("../src/ports/p.ts") },
		],
		[
			"a model imports a named engine's package",
			"named-engines-only-in-models-named",
			{
				"node_modules/ml-random-forest/package.json": '{ "name": "ml-random-forest", "main": "index.js" }',
				"node_modules/ml-random-forest/index.js": "exports.x = 1;\n",
				"models/m.ts": imports("ml-random-forest"),
			},
		],
		[
			"a named engine imports another package",
			"models-named-no-npm",
			{
				"node_modules/ml-matrix/package.json": '{ "name": "ml-matrix", "main": "index.js" }',
				"node_modules/ml-matrix/index.js": "exports.x = 1;\n",
				"models/named/n.ts": imports("ml-matrix"),
			},
		],
		[
			"a named engine imports a port",
			"models-named-imports",
			{ "src/ports/p.ts": empty, "models/named/n.ts": imports("../../src/ports/p.ts") },
		],
		[
			"a remediation imports an adapter",
			"src-remediations-imports",
			{ "src/adapters/aws/a.ts": empty, "src/remediations/r.ts": imports("../adapters/aws/a.ts") },
		],
		[
			"a skill imports a use case",
			"skills-imports",
			{ "src/use-cases/u.ts": empty, "skills/s.ts": imports("../src/use-cases/u.ts") },
		],
		[
			"the agent imports a use case",
			"src-agent-imports",
			{ "src/use-cases/u.ts": empty, "src/agent/a.ts": imports("../use-cases/u.ts") },
		],
		[
			"a use case imports an adapter",
			"src-use-cases-imports",
			{ "src/adapters/aws/a.ts": empty, "src/use-cases/u.ts": imports("../adapters/aws/a.ts") },
		],
		[
			"the executor imports a use case",
			"src-executor-imports",
			{ "src/use-cases/u.ts": empty, "src/executor/e.ts": imports("../use-cases/u.ts") },
		],
		[
			"an adapter imports another",
			"src-adapters-each-imports",
			{ "src/adapters/aws/a.ts": empty, "src/adapters/redis/b.ts": imports("../aws/a.ts") },
		],
		[
			"an adapter imports a model",
			"src-adapters-each-imports",
			{ "models/m.ts": empty, "src/adapters/redis/b.ts": imports("../../../models/m.ts") },
		],
		[
			"the adapter of the model worker imports another",
			"src-adapters-model-worker-imports",
			{ "src/adapters/aws/a.ts": empty, "src/adapters/model-worker/w.ts": imports("../aws/a.ts") },
		],
		[
			"a handler imports another",
			"handlers-each-imports",
			{ "handlers/slack/s.ts": empty, "handlers/teams/t.ts": imports("../slack/s.ts") },
		],
		[
			"a handler's file imports an adapter",
			"handlers-imports",
			{ "src/adapters/aws/a.ts": empty, "handlers/h.ts": imports("../src/adapters/aws/a.ts") },
		],
		[
			"the sample service imports the product",
			"src-sample-workload-imports",
			{ "src/domain/d.ts": empty, "src/sample-workload/w.ts": imports("../domain/d.ts") },
		],
		[
			"main builds an adapter",
			"src-main.ts-imports",
			{ "src/adapters/aws/a.ts": empty, "src/main.ts": imports("./adapters/aws/a.ts") },
		],
		[
			"config imports a port",
			"src-config.ts-imports",
			{ "src/ports/p.ts": empty, "src/config.ts": imports("./ports/p.ts") },
		],
		[
			"product code imports a test",
			"nothing-imports-tests",
			{ "test/t.ts": empty, "src/compose/c.ts": imports("../../test/t.ts") },
		],
		[
			"a handler reaches the executor over a detour",
			"nothing-that-reads-text-reaches-an-effect",
			{
				"src/executor/e.ts": empty,
				"src/use-cases/u.ts": imports("../executor/e.ts"),
				"handlers/rest/h.ts": imports("../../src/use-cases/u.ts"),
			},
		],
		[
			"the reader of AWS imports the writer",
			"aws-reader-without-writer",
			{ "src/adapters/aws/writer/w.ts": empty, "src/adapters/aws/reader/r.ts": imports("../writer/w.ts") },
		],
		[
			"the reader of AWS reaches the writer over shared code",
			"aws-reader-without-writer",
			{
				"src/adapters/aws/writer/w.ts": empty,
				"src/adapters/aws/common/c.ts": imports("../writer/w.ts"),
				"src/adapters/aws/reader/r.ts": imports("../common/c.ts"),
			},
		],
		[
			"the writer of AWS imports the reader",
			"aws-writer-without-reader",
			{ "src/adapters/aws/reader/r.ts": empty, "src/adapters/aws/writer/w.ts": imports("../reader/r.ts") },
		],
		[
			"two files need each other",
			"no-cycles",
			{ "src/compose/a.ts": imports("./b.ts"), "src/compose/b.ts": imports("./a.ts") },
		],
	];
	it.each(cases)("%s", async (_name, rule, files) => {
		expect(await violationsOf(files)).toContain(rule);
	});

	it("a tree without violations has none", async () => {
		expect(
			await violationsOf({ "src/domain/a.ts": empty, "src/ports/p.ts": imports("../domain/a.ts") }),
		).toEqual([]);
	});
});
