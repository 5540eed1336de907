import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { jest } from "@jest/globals";
import { hashSecret, newApiKey } from "../../handlers/rest/secrets.ts";
import { openAuditVault } from "../../src/adapters/audit-vault/open-audit-vault.ts";
import { openPostgresStore } from "../../src/adapters/postgres/open-postgres-store.ts";
import { DATABASE_ROLES, type DatabaseRole } from "../../src/adapters/postgres/roles/database-role.ts";
import { systemClock } from "../../src/adapters/system/system-clock.ts";
import { policyOf } from "../../src/compose/from-config.ts";
import { remediationCatalog } from "../../src/compose/remediation-catalog.ts";
import { FileConfig } from "../../src/config/file-config.ts";
import type { LocalReader } from "../../src/ports/cloud-reader.ts";
import type { Store } from "../../src/ports/store.ts";
import { remediations } from "../../src/remediations/registry.ts";
import { createApprovalRules } from "../../src/use-cases/approval-rules.ts";
import { proposeRemediation } from "../../src/use-cases/propose-remediation.ts";
import { FORBIDDEN } from "../adapters/postgres/forbidden-statements.ts";
import { type PreparedTestDatabase, prepareTestDatabase, tryAs } from "../adapters/postgres/roles-support.ts";
import { READER, WRITER } from "../fakes/aws/example-keys.ts";
import { type FakeAws, startFakeAws } from "../fakes/aws/start-fake-aws.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { silentLogger } from "../support/postgres.ts";
import { newDataDir, removeDataDir, until } from "../support/product.ts";
import { type RoleProcess, spawnRole, startRole } from "../support/role-process.ts";

jest.setTimeout(180_000);

type Page<T> = { readonly items: readonly T[] };
type Approval = {
	readonly id: string;
	readonly status: string;
	readonly outcome?: string;
	readonly preflight?: { readonly state: string };
};
type Service = { readonly instance?: { readonly pid: number; readonly startedAtMs: number } };

const REGION = "eu-west-1";
const run = promisify(execFile);
const processes = new Map<DatabaseRole, RoleProcess>();
/** Signs what the test does with the agent's user. */
const planner = newDataDir();
let db: PreparedTestDatabase;
let aws: FakeAws;
let url = "";
let adminKey = "";

const urlOf = (user: string) =>
	`postgres://${user}@localhost/${db.connection.database}?host=${encodeURIComponent(db.connection.host)}`;
const processOf = (role: DatabaseRole) => {
	const found = processes.get(role);
	if (!found) throw new Error(`no process has the role ${role}`);
	return found;
};
const call = async <T>(method: string, path: string, body?: object, key = adminKey): Promise<T> => {
	const response = await fetch(`${url}${path}`, {
		method,
		headers: { authorization: `Bearer ${key}`, ...(body ? { "content-type": "application/json" } : {}) },
		...(body ? { body: JSON.stringify(body) } : {}),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
	return JSON.parse(text) as T;
};
const service = () =>
	(
		JSON.parse(
			readFileSync(join(processOf("executor").dataDir, "supervised/checkout.json"), "utf8"),
		) as Service
	).instance;

beforeAll(async () => {
	db = await prepareTestDatabase();
	aws = await startFakeAws({ keys: [READER, WRITER] });
	const settings = {
		metrics: { scrape_interval_seconds: 1, host_interval_seconds: 2 },
		supervised: [{ name: "idle", command: "sleep", args: ["3600"] }],
		approvals: [{ environment: "local", self_approval: true }, {}],
		aws: { regions: [REGION] },
	};
	await Promise.all(
		DATABASE_ROLES.map(async (role) => {
			const dataDir = newDataDir();
			const file = join(dataDir, "settings.yaml");
			writeFileSync(file, JSON.stringify(settings));
			const key = role === "executor" ? WRITER : READER;
			const env = {
				DATABASE_URL: urlOf(`${db.prefix}_${role}`),
				CONFIG_FILE: file,
				AWS_ENDPOINT_URL: aws.url,
				AWS_ACCESS_KEY_ID: key.accessKeyId,
				AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
			};
			processes.set(role, await startRole(["--role", role], env, dataDir));
		}),
	);
	const { dataDir } = processOf("ingress");
	url = (JSON.parse(readFileSync(join(dataDir, "running.json"), "utf8")) as { url: string }).url;
	adminKey = readFileSync(join(dataDir, "admin-key"), "utf8").trim();
});

afterAll(async () => {
	const codes = await Promise.all([...processes.values()].map((one) => one.stop()));
	await aws.stop();
	for (const folder of [planner, ...[...processes.values()].map(({ dataDir }) => dataDir)])
		removeDataDir(folder);
	if (codes.some((code) => code !== 0)) throw new Error(`the processes ended with ${codes.join(", ")}`);
});

const approvalOf = (id: string) => call<Approval>("GET", `/api/v1/approvals/${id}`);
const ended = (id: string) =>
	until(
		`the end of ${id}`,
		async () => {
			const approval = await approvalOf(id);
			return ["succeeded", "failed", "unknown", "expired", "cancelled"].includes(approval.status) && approval;
		},
		90_000,
	);

/** What the agent's process does where it can read the target: a plan made by reading, recorded with its user. */
async function proposeRestart(store: Store, { pid, startedAtMs }: NonNullable<Service["instance"]>) {
	const metricsUrl = "http://127.0.0.1:1/metrics";
	const instance = { target: "checkout", state: "running", restarts: 0, environment: "local" } as const;
	const local: LocalReader = {
		listServices: async () => [],
		readService: async () => ({ ...instance, pid, startedAtMs, metricsUrl }),
	};
	const { id } = await proposeRemediation(
		{
			store,
			jobs: { nudge: () => undefined },
			catalog: remediationCatalog(remediations, { local, aws: undefined }),
			rules: createApprovalRules({
				policy: policyOf(FileConfig.parse({})),
				readApprovers: async () => () => undefined,
			}),
			watches: [],
			metrics: fakeMetrics(),
			holds: { holdOn: async () => undefined },
			failpoint: () => undefined,
			guards: () => [],
		},
		{ kind: "agent", name: "detection" },
		{ remediation: "restart-service", parameters: { service: "checkout" } },
	);
	return id;
}

/** An API key of an operator who is not the one that the installation made first. */
async function keyOfAnother(): Promise<string> {
	const ingress = await openPostgresStore({
		connection: db.connectionAs("ingress"),
		logger: silentLogger,
		opener: { isOwner: false, worksQueues: false },
		vault: await openAuditVault({ dataDir: planner, clock: systemClock }),
	});
	const ben = await ingress.store.people.upsert(
		{ platform: "test", tenant: "T1", userId: "ben" },
		"Ben",
		"operator",
	);
	const key = newApiKey(randomBytes);
	await ingress.store.people.addCredential({
		id: "ben",
		kind: "api-key",
		personId: ben.id,
		secretHash: hashSecret(key),
	});
	await ingress.close();
	return key;
}

describe("three processes, three database users", () => {
	it("only ingress listens and holds an admin key; only the executor runs the sample service", () => {
		const has = (name: string) =>
			DATABASE_ROLES.filter((role) => existsSync(join(processOf(role).dataDir, name)));
		expect(has("running.json")).toEqual(["ingress"]);
		expect(has("admin-key")).toEqual(["ingress"]);
		expect(has("supervised/checkout.json")).toEqual(["executor"]);
		expect(processOf("agent").log()).toContain("Another process has the role executor");
	});

	it("one request goes through all three: proposed, shown, approved, executed, verified, audited", async () => {
		const before = await until("a running sample service", async () => service(), 20_000);
		// As the agent's process would, with the agent's user: the services of this machine are the executor's.
		const vault = await openAuditVault({ dataDir: planner, clock: systemClock });
		const agent = await openPostgresStore({
			connection: db.connectionAs("agent"),
			logger: silentLogger,
			opener: { isOwner: false, worksQueues: true },
			vault,
		});
		const approvalId = await proposeRestart(agent.store, before);
		await agent.close();

		await until(
			"the card that the agent's process posts",
			async () => {
				const { items } = await call<Page<{ message: object }>>("GET", "/api/v1/console/messages?limit=20");
				return items.some((item) => JSON.stringify(item).includes(`"approvalId":"${approvalId}"`));
			},
			15_000,
		);
		await call("POST", `/api/v1/approvals/${approvalId}/decision`, { verdict: "approve" });
		expect(await ended(approvalId)).toMatchObject({ status: "succeeded" });
		expect(service()?.pid).not.toBe(before.pid);

		const [took] = await db.query(
			`select extract(epoch from intended_at - decided_at)::float8 as seconds
			from smartcloudops.executions join smartcloudops.decisions using (approval_number)`,
		);
		// By polling alone it would be up to two seconds.
		expect(Number(took?.seconds)).toBeLessThan(1);
		process.stdout.write(`decided to intended: ${Math.round(Number(took?.seconds) * 1000)} ms\n`);
	});

	it("case 9: a change in AWS is planned with the reader's key, approved by another than who asked, and made once with the writer's", async () => {
		const { instanceId } = aws.world
			.region(REGION)
			.addInstance({ tags: { Name: "batch", smartcloudops: "managed" }, state: "stopped" });
		const { id } = await call<Approval>("POST", "/api/v1/approvals", {
			remediation: "start-instance",
			parameters: { instance: instanceId },
		});
		const isChecked = async () => (await approvalOf(id)).preflight?.state === "passed";
		await until("AWS to be asked by the executor", isChecked, 15_000);
		// The instance carries no tag of an environment, so it is in the one of the configuration, which is local.
		await expect(call("POST", `/api/v1/approvals/${id}/decision`, { verdict: "approve" })).rejects.toThrow(
			"403",
		);
		await call("POST", `/api/v1/approvals/${id}/decision`, { verdict: "approve" }, await keyOfAnother());
		expect(await ended(id)).toMatchObject({ status: "succeeded" });
		expect(
			aws.effects.map(({ operation, accessKeyId, targets }) => ({ operation, accessKeyId, targets })),
		).toEqual([{ operation: "StartInstances", accessKeyId: WRITER.accessKeyId, targets: [instanceId] }]);
		const byReader = aws.calls.filter(({ accessKeyId }) => accessKeyId === READER.accessKeyId);
		expect(byReader.length).toBeGreaterThan(0);
		expect(byReader.filter(({ operation }) => !/^(?:Describe|Get|List)/.test(operation))).toEqual([]);
	});

	it("ingress knows what the agent's process scores", async () => {
		type Status = {
			readonly watches: readonly { readonly samples: number }[];
			readonly problems: readonly string[];
		};
		const known = async () => {
			const { watches } = await call<Status>("GET", "/api/v1/status");
			return watches.some(({ samples }) => samples > 0);
		};
		await until("watches with samples", known, 20_000);
		expect((await call<Status>("GET", "/api/v1/status")).problems).toContainEqual(
			expect.stringContaining("Another process has the role agent"),
		);
	});

	it("the audit has every step in order, by three keys, and is whole where ingress trusts them", async () => {
		const { items } = await call<Page<{ action: string; subject: string }>>("GET", "/api/v1/audit?limit=200");
		const actions = items.filter(({ subject }) => subject === "approval:A-1").map(({ action }) => action);
		expect(actions.toReversed()).toEqual([
			"approval.proposed",
			"approval.decided",
			"execution.intended",
			"execution.called",
			"approval.succeeded",
		]);
		const auditCommand = async (dataDir: string, ...args: readonly string[]) => {
			const env = { ...process.env, DATA_DIR: dataDir };
			return (await run(process.execPath, ["handlers/cli/audit.ts", ...args], { env })).stdout;
		};
		const signers = [processOf("agent").dataDir, processOf("executor").dataDir, planner];
		for (const dataDir of signers) {
			const [key = ""] = /[A-Za-z0-9_-]{43}/.exec(await auditCommand(dataDir, "key")) ?? [];
			await auditCommand(processOf("ingress").dataDir, "trust", key);
		}
		expect(await call("GET", "/api/v1/audit/verify")).toMatchObject({ ok: true });
	});

	it("nothing that a process did was refused by its user's rights, and the doctor says what they are", async () => {
		for (const role of DATABASE_ROLES) {
			const log = processOf(role).log();
			const refused = log
				.split("\n")
				.filter((line) => /permission denied|row-level security|42501|may not move/.test(line));
			expect({ role, refused }).toEqual({ role, refused: [] });
		}
		const told = JSON.stringify(await call("POST", "/api/v1/commands", { text: "doctor" }));
		expect(told).toContain(`${db.prefix}_ingress can do what the role ingress does, and nothing else.`);
	});

	it("none of the users can do what is not its role's, while everything runs", async () => {
		for (const { role, what, text } of FORBIDDEN) {
			const statement = text.replaceAll("$user", db.prefix).replaceAll("$owner", db.connection.user);
			const tried = await tryAs(db.connectionAs(role), statement);
			// Rows that a statement names may not be here.
			const harm = "refused" in tried && tried.refused === "42501" ? 0 : "rows" in tried ? tried.rows : -1;
			expect({ role, what, harm }).toEqual({ role, what, harm: 0 });
		}
	});

	it.each([
		["another role's user", ["--role", "executor"], "start it with --role agent, or use the user"],
		["one role's user for all roles", [], "use the owner of the database or a user that is a member of"],
	])("does not start with %s, and says so", async (_case, args, words) => {
		const started = spawnRole(args, { DATABASE_URL: urlOf(`${db.prefix}_agent`) });
		expect(await started.exited()).toBe(1);
		expect(started.output()).toContain(words);
		removeDataDir(started.dataDir);
	});
});
