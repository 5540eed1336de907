import { spawnSync } from "node:child_process";
import {
	chmodSync,
	existsSync,
	linkSync,
	lutimesSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { parse } from "yaml";
import { OUR_DOCUMENTS } from "../../../src/adapters/aws/common/our-documents.ts";
import { shippedDocument } from "./aws-world.ts";

type Document = {
	readonly schemaVersion: string;
	readonly parameters: Readonly<Record<string, { type: string; allowedPattern: string; maxChars: number }>>;
	readonly mainSteps: readonly {
		readonly action: string;
		readonly precondition: unknown;
		readonly inputs: { readonly timeoutSeconds: string; readonly runCommand: readonly string[] };
	}[];
};

const FILES = ["restart-service", "clean-disk", "clean-disk-report"] as const;
const documents = new Map(FILES.map((file) => [file, parse(shippedDocument(file)) as Document]));
const documentOf = (file: (typeof FILES)[number]) => {
	const document = documents.get(file);
	if (!document) throw new Error(file);
	return document;
};
const patterns = [...documents].flatMap(([file, { parameters }]) =>
	Object.entries(parameters).map(
		([name, { allowedPattern }]) => [file, name, new RegExp(allowedPattern)] as const,
	),
);

test("every document there is is one that the product knows, and the other way round", () => {
	const folder = new URL("../../../manifests/ssm/", import.meta.url);
	expect(readdirSync(folder).toSorted()).toEqual(FILES.map((file) => `${file}.yaml`).toSorted());
	expect(OUR_DOCUMENTS).toHaveLength(FILES.length);
});

describe.each(FILES)("%s", (file) => {
	it("runs on Linux only, within a time, and all of its parameters have a pattern that holds for the whole", () => {
		const { schemaVersion, parameters, mainSteps } = documentOf(file);
		expect(schemaVersion).toBe("2.2");
		for (const { type, allowedPattern, maxChars } of Object.values(parameters)) {
			expect(type).toBe("String");
			expect(allowedPattern).toMatch(/^\^[^|]*\$$/);
			// The agent's expressions know no look-around and no group but plain ones.
			expect(allowedPattern).not.toMatch(/\(\?|\\\d/);
			expect(maxChars).toBeGreaterThan(0);
		}
		for (const { action, precondition, inputs } of mainSteps) {
			expect(action).toBe("aws:runShellScript");
			expect(precondition).toEqual({ StringEquals: ["platformType", "Linux"] });
			expect(Number(inputs.timeoutSeconds)).toBeGreaterThan(0);
		}
	});

	it("mentions its parameters only where a pattern guards them", () => {
		const { parameters, mainSteps } = documentOf(file);
		const mentioned = JSON.stringify(mainSteps).match(/\{\{[^}]*\}\}/g) ?? [];
		const names = Object.keys(parameters).map((name) => `{{ ${name} }}`);
		expect(new Set(mentioned)).toEqual(new Set(names));
	});
});

describe("case 51: the patterns of the parameters", () => {
	const harmful = fc.constantFrom(
		..."$()`'\"{};&|<>*?~#!%=,\\[] \t\r\n\0".split(""),
		"..",
		"$(reboot)",
		"{{ssm:/x}}",
		"{{ Unit }}",
		"\u202e",
		"é",
	);

	it.each(patterns)(
		"%s %s: refuse whatever a shell or Systems Manager would read",
		(_file, _name, pattern) => {
			const usual = fc.constantFrom(
				"checkout.service",
				"/var/log/checkout",
				"7",
				"a",
				"-",
				"/",
				".",
				":",
				"@",
			);
			fc.assert(
				fc.property(fc.array(usual), harmful, fc.array(usual), (before, bad, after) => {
					expect(pattern.test([...before, bad, ...after].join(""))).toBe(false);
				}),
				{ numRuns: 500 },
			);
		},
	);

	it.each(patterns)("%s %s: refuse any text but plain characters", (_file, _name, pattern) => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				expect(!pattern.test(text) || /^[A-Za-z0-9@._:/-]+$/.test(text)).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});

	it("take what is usual", () => {
		const { Unit } = documentOf("restart-service").parameters;
		for (const unit of ["checkout", "checkout.service", "app@1.service", "a_b-c.timer"])
			expect(unit).toMatch(new RegExp(Unit?.allowedPattern ?? ""));
		const { Paths, OlderThanDays } = documentOf("clean-disk").parameters;
		for (const paths of ["/tmp", "/var/log/checkout", "/var/log/a.b:/srv/x/.cache", "/a-b/c_d"])
			expect(paths).toMatch(new RegExp(Paths?.allowedPattern ?? ""));
		for (const days of ["1", "30", "3650"])
			expect(days).toMatch(new RegExp(OlderThanDays?.allowedPattern ?? ""));
	});

	it.each(["var/log", "/", "/var/", "//var", "/var//log", "-rf", "/-/../x", "/a:", ":/a", "/a:b"])(
		"refuse the path %j",
		(path) => {
			const { Paths } = documentOf("clean-disk").parameters;
			expect(path).not.toMatch(new RegExp(Paths?.allowedPattern ?? ""));
		},
	);

	it.each(["0", "00", "-1", "1.5", "12345", ""])("refuse the age %j", (days) => {
		const { OlderThanDays } = documentOf("clean-disk").parameters;
		expect(days).not.toMatch(new RegExp(OlderThanDays?.allowedPattern ?? ""));
	});

	it("are those of the other document of the pair", () => {
		expect(documentOf("clean-disk-report").parameters).toEqual(documentOf("clean-disk").parameters);
	});
});

/** Runs a document's script as the agent does: parameters put into the text, in a shell. */
function run(
	shell: string,
	file: (typeof FILES)[number],
	parameters: Readonly<Record<string, string>>,
	path = process.env.PATH,
) {
	const script = documentOf(file)
		.mainSteps.flatMap(({ inputs }) => inputs.runCommand)
		.join("\n")
		.replace(/\{\{ (\w+) \}\}/g, (_mention, name: string) => parameters[name] ?? "");
	return spawnSync(shell, ["-c", script], {
		encoding: "utf8",
		env: { PATH: path ?? "" },
		stdio: ["ignore", "pipe", "pipe"],
	});
}

describe.each(["sh", "bash"])("the scripts, run by %s", (shell) => {
	let folder: string;
	beforeEach(() => {
		folder = realpathSync(mkdtempSync(join(tmpdir(), "sco-ssm-")));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	/** Ages are in days; a file of 10 KB by default. */
	const put = (path: string, ageDays: number, bytes = 10_240) => {
		const full = join(folder, path);
		mkdirSync(join(full, ".."), { recursive: true });
		writeFileSync(full, Buffer.alloc(bytes, 1));
		const at = new Date(Date.now() - ageDays * 86_400_000);
		utimesSync(full, at, at);
		return full;
	};
	const clean = (file: "clean-disk" | "clean-disk-report", paths: string, OlderThanDays = "7") => {
		const { stdout, stderr, status } = run(shell, file, { Paths: paths, OlderThanDays });
		expect([stderr, status]).toEqual(["", 0]);
		expect(stdout.trimEnd().split("\n")).toHaveLength(1);
		return JSON.parse(stdout) as {
			freedBytes?: number;
			wouldFreeBytes?: number;
			files: number;
			skipped: string[];
		};
	};

	it("the report says what the clean-up then frees, and changes nothing itself", () => {
		const old = [
			put("logs/a.log", 8),
			put("logs/deep/er/b.log", 400, 50_000),
			put("logs/with space'.log", 9),
		];
		const kept = [put("logs/new.log", 6), put("elsewhere/old.log", 99)];
		const report = clean("clean-disk-report", join(folder, "logs"));
		expect(report.files).toBe(3);
		expect(report.wouldFreeBytes).toBeGreaterThanOrEqual(70_480);
		expect(report.skipped).toEqual([]);
		for (const file of [...old, ...kept]) expect(existsSync(file)).toBe(true);
		const cleaned = clean("clean-disk", join(folder, "logs"));
		expect(cleaned).toEqual({ freedBytes: report.wouldFreeBytes, files: 3, skipped: [] });
		for (const file of old) expect(existsSync(file)).toBe(false);
		for (const file of kept) expect(existsSync(file)).toBe(true);
		expect(existsSync(join(folder, "logs/deep/er"))).toBe(true);
		expect(clean("clean-disk", join(folder, "logs"))).toMatchObject({ freedBytes: 0, files: 0 });
	});

	it("links are neither followed nor deleted, and files that have another name stay", () => {
		const outside = put("outside/old.log", 99);
		const twin = put("outside/twin.log", 99);
		mkdirSync(join(folder, "logs"));
		symlinkSync(join(folder, "outside"), join(folder, "logs/to-folder"));
		symlinkSync(outside, join(folder, "logs/to-file"));
		linkSync(twin, join(folder, "logs/twin.log"));
		const longAgo = new Date(0);
		lutimesSync(join(folder, "logs/to-file"), longAgo, longAgo);
		expect(clean("clean-disk", join(folder, "logs"))).toEqual({ freedBytes: 0, files: 0, skipped: [] });
		expect(readdirSync(join(folder, "logs"))).toHaveLength(3);
		expect(existsSync(outside)).toBe(true);
	});

	it("a path that is a link, lies behind one, is missing or belongs to the system is passed over and told", () => {
		const file = put("real/logs/old.log", 99);
		symlinkSync(join(folder, "real"), join(folder, "link"));
		const paths = [
			join(folder, "link"),
			join(folder, "link/logs"),
			join(folder, "missing"),
			"/etc",
			"/usr/lib",
			file,
		];
		for (const document of ["clean-disk-report", "clean-disk"] as const) {
			const { files, skipped } = clean(document, paths.join(":"));
			expect(files).toBe(0);
			expect(skipped).toEqual([
				`${paths[0]}: behind a link`,
				`${paths[1]}: behind a link`,
				`${paths[2]}: missing`,
				"/etc: protected",
				"/usr/lib: protected",
				`${file}: missing`,
			]);
		}
		expect(existsSync(file)).toBe(true);
	});

	it("a folder that is named twice, or inside another, is counted once", () => {
		put("logs/deep/a.log", 8);
		const logs = join(folder, "logs");
		const report = clean("clean-disk-report", `${logs}:${logs}/deep:${logs}`);
		expect(report.files).toBe(1);
		expect(report.skipped).toHaveLength(2);
		expect(clean("clean-disk-report", `/var:${logs}/deep:${folder}`).skipped).toEqual([
			"/var: protected",
			`${logs}/deep: inside another`,
		]);
	});

	it("many paths that are passed over still make one line that is kept whole", () => {
		const paths = Array.from({ length: 200 }, (_, number) => `/x${number}`).join(":");
		expect(paths.length).toBeGreaterThan(900);
		const line = run(shell, "clean-disk", { Paths: paths, OlderThanDays: "7" }).stdout;
		expect(line.length).toBeLessThan(2000);
		expect((JSON.parse(line) as { skipped: string[] }).skipped.at(-1)).toBe("and others");
	});

	/** A systemctl that records what it is called with, and fails at the named verb. */
	const restart = (failing = "none") => {
		const log = join(folder, "calls");
		const fake = join(folder, "systemctl");
		writeFileSync(fake, `#!/bin/sh\necho "$@" >> '${log}'\n[ "$1" != '${failing}' ]\n`);
		chmodSync(fake, 0o755);
		const path = `${folder}:${process.env.PATH}`;
		const { stdout, status } = run(shell, "restart-service", { Unit: "checkout.service" }, path);
		const calls = readFileSync(log, "utf8").trimEnd().split("\n");
		return { state: (JSON.parse(stdout) as { state: string }).state, status, calls };
	};

	it("a restart restarts this unit once and says that it is active", () => {
		expect(restart()).toEqual({
			state: "active",
			status: 0,
			calls: [
				"cat -- checkout.service",
				"restart -- checkout.service",
				"is-active --quiet -- checkout.service",
			],
		});
	});

	it.each([
		["cat", "unknown unit", 3, 1],
		["restart", "not restarted", 4, 2],
		["is-active", "restarted, not active", 5, 3],
	])("a restart that fails at %s says %s", (failing, state, status, calls) => {
		const outcome = restart(failing);
		expect([outcome.state, outcome.status]).toEqual([state, status]);
		expect(outcome.calls).toHaveLength(calls);
	});
});
