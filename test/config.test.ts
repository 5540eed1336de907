import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, readConfig } from "../src/config.ts";
import { AppError } from "../src/domain/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "sco-config-"));
const path = join(folder, "ops.yaml");
afterAll(() => rmSync(folder, { recursive: true }));

const read = (yaml: string, environment: Readonly<Record<string, string>> = {}): Config => {
	writeFileSync(path, yaml);
	return readConfig({ CONFIG_FILE: path, ...environment });
};
/** The lines of the refusal, the path shortened. */
const refusal = (yaml: string, environment: Readonly<Record<string, string>> = {}): readonly string[] => {
	try {
		read(yaml, environment);
	} catch (error) {
		if (error instanceof AppError && error.code === "invalid")
			return error.message.split("\n").map((line) => line.trim().replaceAll(path, "ops.yaml"));
		throw error;
	}
	return [];
};

describe("the configuration", () => {
	it("has a default for everything, so that nothing needs to be set up", () => {
		const config = readConfig({});
		expect(config).toMatchObject({
			HOST: "127.0.0.1",
			PORT: 3000,
			DATA_DIR: "./data",
			LOG_LEVEL: "info",
			LOG_RETENTION_DAYS: 14,
			fileName: undefined,
		});
		expect(config.file).toMatchObject({
			environment: "local",
			time_zone: "UTC",
			sample_workload: true,
			default_watches: true,
			watches: [],
			digests: [{ name: "daily", cron: "0 9 * * *", period_hours: 24 }],
		});
		expect(read("")).toMatchObject({ file: config.file, fileName: path });
	});

	it("by default lets people approve their own requests in environment local only, and always asks for somebody", () => {
		const { approvals } = readConfig({}).file;
		expect(approvals.map(({ environment, self_approval }) => [environment, self_approval])).toEqual([
			["local", true],
			["*", false],
		]);
		for (const rule of approvals)
			expect(rule).toMatchObject({ quorum: 1, approve_roles: ["admin", "operator"] });
	});

	it("fills in what an entry leaves out", () => {
		const { file } = read("watches:\n  - {name: queue, metric: queue length, query: queue_length}\n");
		expect(file.watches).toEqual([
			{
				name: "queue",
				metric: "queue length",
				kind: "other",
				query: "queue_length",
				sensitivity: "normal",
				unit: "count",
				interval_seconds: 15,
				target: { label: "job" },
				direction: "above",
				minimum_change: 0,
				for_seconds: 0,
				maximum_severity: "high",
			},
		]);
	});

	it("takes an empty variable for one that is not set", () => {
		expect(readConfig({ PORT: "", LOG_LEVEL: "" })).toMatchObject({ PORT: 3000, LOG_LEVEL: "info" });
	});

	it("reads numbers of the environment", () => {
		expect(read("", { PORT: "8080", LOG_RETENTION_DAYS: "30" })).toMatchObject({
			PORT: 8080,
			LOG_RETENTION_DAYS: 30,
		});
	});
});

describe("a bad configuration", () => {
	it("is refused with every bad key at once, each on a line of its own that says where", () => {
		const yaml = `
environment: Prod_1
time_zone: Mars/Olympus
foo: 1
metrics: {host_interval_seconds: 0, sampels: 3}
watches:
  - {name: Queue, metric: x, query: up, directoin: above}
  - {name: b, metric: x}
approvals:
  - {environment: production, self_approval: true, quorum: 0}
digests:
  - {name: a, cron: every day, time_zone: Nowhere}
`;
		const lines = refusal(yaml, { PORT: "99999", LOG_LEVEL: "loud", DATABASE_URL: "mysql://h/d" });
		expect(lines[0]).toBe("The configuration has 15 problems:");
		const wheres = [
			'PORT must be a whole number from 0 to 65535, not "99999"',
			'LOG_LEVEL must be one of error, warn, info, debug, not "loud"',
			"DATABASE_URL: write postgres://user:password@host:port/database",
			"ops.yaml: environment: use lower-case letters, digits and hyphens",
			"ops.yaml: time_zone is not a known time zone",
			'ops.yaml: unknown key "foo"',
			"ops.yaml: metrics.host_interval_seconds must be at least 1, not 0",
			'ops.yaml: unknown key "sampels" in metrics',
			"ops.yaml: watches, entry 1: name: use lower-case",
			'ops.yaml: unknown key "directoin" in watches, entry 1',
			"ops.yaml: watches, entry 2: query is missing",
			"ops.yaml: approvals, entry 1: quorum must be at least 1, not 0",
			"ops.yaml: approvals, entry 1: self_approval is allowed only with environment: local",
			"ops.yaml: digests, entry 1: cron is not a cron expression",
			"ops.yaml: digests, entry 1: time_zone is not a known time zone",
		];
		expect(wheres.filter((where) => !lines.some((line) => line.startsWith(where)))).toEqual([]);
	});

	it.each([
		["foo: 1", 'ops.yaml: unknown key "foo"'],
		["metrics: {foo: 1, bar: 2}", 'ops.yaml: unknown key "foo", "bar" in metrics'],
		["- a", "ops.yaml: the file must be a set of keys, not a list"],
		["digests: [{name: a, cron: nope}]", "ops.yaml: digests, entry 1: cron is not a cron expression"],
		["digests: [{name: a, cron: 0 25 * * *}]", "ops.yaml: digests, entry 1: cron is not a cron expression"],
		[
			"maintenance: [{name: a, cron: 0 0 30 2 *, duration_minutes: 5}]",
			"ops.yaml: maintenance, entry 1: cron is not a cron expression",
		],
		["time_zone: Berlin", "ops.yaml: time_zone is not a known time zone"],
		[
			"digests: [{name: a, cron: 0 9 * * *, time_zone: X/Y}]",
			"ops.yaml: digests, entry 1: time_zone is not a known time zone",
		],
		[
			"watches: [{name: a, metric: m, query: q}, {name: a, metric: m, query: r}]",
			'ops.yaml: watches: the name "a" is used twice',
		],
		[
			"supervised: [{name: a, command: x}, {name: a, command: y}]",
			'ops.yaml: supervised: the name "a" is used twice',
		],
		[
			"digests: [{name: a, cron: 0 9 * * *}, {name: a, cron: 0 8 * * *}]",
			'ops.yaml: digests: the name "a" is used twice',
		],
		[
			"approvals: [{self_approval: true}]",
			"ops.yaml: approvals, entry 1: self_approval is allowed only with environment: local",
		],
		[
			"scrape: [{job: a, url: 'ftp://h'}]",
			"ops.yaml: scrape, entry 1: url: write an address that begins with http:// or https://",
		],
	])("%p is one line", (yaml, line) => {
		expect(refusal(yaml)).toEqual(["The configuration has a problem:", line]);
	});

	it("is refused with a pattern in an approval rule, which would leave a weaker rule in force", () => {
		expect(refusal("approvals: [{environment: 'prod*', quorum: 2}]").join(" ")).toContain(
			"neither one name nor *",
		);
		expect(refusal("approvals: [{remediation: '*', environment: prod, quorum: 2}]")).toEqual([]);
	});

	it("is refused with approvers for labels that no plan has: they would decide nothing", () => {
		const routes = (match: string) =>
			`routes: [{name: a, match: ${match}, channels: [console], approvers: [P-1]}]`;
		expect(refusal(routes("{team: pay}")).join(" ")).toContain("can only match target and environment");
		expect(refusal(routes("{target: pay, environment: prod}"))).toEqual([]);
	});

	it("that is not YAML says in which line, beside what is wrong with the environment", () => {
		expect(refusal("a: 1\nb: [1, 2\nc: 3\n", { PORT: "x" })).toEqual([
			"The configuration has 2 problems:",
			'PORT must be a whole number from 0 to 65535, not "x"',
			expect.stringMatching(
				/^ops\.yaml is not valid YAML at line 3, column \d+; correct it and start again\.$/,
			),
		]);
		expect(refusal("a: 1\na: 2\n")[1]).toMatch(/^ops\.yaml is not valid YAML at line 2, column 1/);
	});

	it("that grows without end by aliases is refused", () => {
		const rows = ["a: &a [1,1,1,1,1,1,1,1,1]"];
		for (const [name, before] of ["ba", "cb", "dc"].map((pair) => pair.split("")))
			rows.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(",")}]`);
		expect(refusal(rows.join("\n"))[1]).toContain("too many aliases");
	});

	it("that can't be read is refused where it was named, and is no matter where it was not", () => {
		const missing = () => readConfig({ CONFIG_FILE: join(folder, "nowhere.yaml") });
		expect(missing).toThrow("nowhere.yaml can't be read; check CONFIG_FILE and the file's permissions.");
		expect(() => readConfig({ CONFIG_FILE: folder })).toThrow("can't be read");
	});

	it.each([[["executor"]], [["agent", "ingress"]]])(
		"some of the roles, %j, without a database that the others reach are refused in one sentence",
		(roles) => {
			const some = () => readConfig({}, roles);
			expect(some).toThrow(
				`has a problem:\n  --role ${roles.join(",")} needs DATABASE_URL, for the processes with the other roles must reach the same database; set it (docs/security.md).`,
			);
			expect(() => readConfig({ DATABASE_URL: "postgres://u:p@h/d" }, roles)).not.toThrow();
		},
	);

	it("never shows a secret: no value of a variable and no line of the file", () => {
		const secret = "hunter2-AKIAIOSFODNN7EXAMPLE";
		const messages = [
			refusal("", {
				DATABASE_URL: `mysql://u:${secret}@h`,
				PROMETHEUS_URL: `ftp://u:${secret}@h`,
				PORT: secret,
			}),
			refusal("", { LOG_LEVEL: secret, LOG_RETENTION_DAYS: secret, PUBLIC_URL: secret }),
			refusal(`supervised: [{name: x, command: y, env: {TOKEN: [${secret}]}}]`),
			refusal(`a: ${secret}\n  b: ${secret}`),
			refusal(`sample_workload: ${secret}\nenvironment: ${secret}\nmetrics: ${secret}`),
		];
		for (const lines of messages) {
			expect(lines.length).toBeGreaterThan(1);
			expect(lines.join("\n")).not.toContain("hunter2");
			expect(lines.join("\n")).not.toContain("AKIA");
		}
	});
});
