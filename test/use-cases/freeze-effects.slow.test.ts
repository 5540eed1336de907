import type { Person } from "../../src/domain/actor.ts";
import { toAppError } from "../../src/domain/errors.ts";
import type { Scope } from "../../src/domain/freeze.ts";
import { execute } from "../../src/executor/execute.ts";
import { noFailpoint } from "../../src/ports/failpoint.ts";
import type { Store } from "../../src/ports/store.ts";
import { decideApproval } from "../../src/use-cases/decide-approval.ts";
import { createEffectHolds } from "../../src/use-cases/effect-holds.ts";
import { explainFreeze, type FreezeInput, freezeEffects } from "../../src/use-cases/freeze-effects.ts";
import { liftFreeze } from "../../src/use-cases/lift-freeze.ts";
import { type ExecutorWorld, executorWorld } from "../executor/executor-world.ts";
import { withoutAudit } from "../fakes/altered-store.ts";
import { exampleActor, exampleRule } from "../fakes/example-approval.ts";
import { policyRules } from "../fakes/policy-rules.ts";
import { openReplica } from "../support/postgres.ts";

let world: ExecutorWorld;
let other: Store;
let anna: Person;
let ben: Person;
let vera: Person;
let next = 0;
const target = () => `f${++next}`;
const freeze = (person: Person, parts: Partial<FreezeInput> = {}, store: Store = world.test.store) =>
	freezeEffects({ store }, exampleActor(person), { scope: {}, ...parts });
const lift = (
	person: Person,
	freezeId: string,
	reason = "the release is out",
	store: Store = world.test.store,
) => liftFreeze({ store }, exampleActor(person), { freezeId, reason });
const codeOf = (work: Promise<unknown>) =>
	work.then(
		() => "done",
		(error: unknown) => toAppError(error).code as string,
	);
const auditOf = async (subject: string) =>
	(await world.test.store.audit.list({ subject }, { limit: 50 })).items
		.map(({ action }) => action)
		.toReversed();

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 60 }, (_, i) => `f${i + 1}`));
	world.policy = [exampleRule({ window: { minutes: 60, maximumTargets: 1000 } })];
	other = (await openReplica(world.test.connection)).store;
	anna = await world.person("anna", "operator");
	ben = await world.person("ben", "admin");
	vera = await world.person("vera", "viewer");
});
afterAll(() => world.test.close());
afterEach(async () => {
	for (const { id } of await world.test.store.freezes.active()) await world.test.store.freezes.lift(id);
});

test("case 30: while frozen nothing is asked for, approved or run; what waits can be denied or decided later", async () => {
	const waiting = await world.propose(target());
	const approved = await world.approved(target());
	const { freeze: made } = await freeze(anna, { reason: "release 42" });
	await expect(world.propose(target())).rejects.toMatchObject({
		code: "conflict",
		message: expect.stringContaining("Changes are frozen for every target by anna since"),
	});
	await expect(world.decide(waiting, ben)).rejects.toMatchObject({
		code: "conflict",
		message: expect.stringMatching(
			/^Not counted: Changes are frozen .*\(F-\d+\)\. Reason: release 42\. Nothing changed\.$/,
		),
		extra: { state: "proposed" },
	});
	await execute(world.deps(), approved.id);
	expect(await world.now(approved)).toMatchObject({
		status: "cancelled",
		outcome: expect.stringContaining("Changes are frozen"),
	});
	expect(world.cloud.effects).toEqual([]);
	await lift(ben, made.id);
	expect((await world.decide(waiting, ben)).status).toBe("approved");
	const denied = await world.propose(target());
	await freeze(anna);
	expect((await world.decide(denied, anna, "deny")).status).toBe("denied");
});

test.each<[Scope, boolean]>([
	[{ environment: "production" }, true],
	[{ environment: "local" }, false],
	[{ remediation: "set-size" }, true],
	[{ remediation: "restart-*" }, false],
	[{ target: "other*" }, true],
])("case 30: a freeze of %j lets a restart of a local service be approved: %s", async (scope, allowed) => {
	const approval = await world.propose(target());
	await freeze(anna, { scope });
	expect(await codeOf(world.decide(approval, ben))).toBe(allowed ? "done" : "conflict");
});

test("planned maintenance holds as a freeze does: nothing is approved, and what was approved does not run", async () => {
	const waiting = await world.propose(target());
	const approved = await world.approved(target());
	const holds = createEffectHolds([
		{ name: "network", match: { target: "f*" }, cron: "* * * * *", timeZone: "UTC", durationMinutes: 5 },
	]);
	const press = decideApproval(
		{
			store: world.test.store,
			jobs: { nudge: () => undefined },
			rules: policyRules(world.policy),
			holds,
			failpoint: noFailpoint,
		},
		exampleActor(ben),
		{ approvalId: waiting.id, verdict: "approve" },
	);
	await expect(press).rejects.toMatchObject({
		code: "conflict",
		message: expect.stringContaining("Not counted: The maintenance network covers f* until {{time:"),
	});
	const before = world.cloud.effects.length;
	await execute(world.deps({ holds }), approved.id);
	expect(await world.now(approved)).toMatchObject({
		status: "cancelled",
		outcome: expect.stringContaining("The maintenance network covers f*"),
	});
	expect(world.cloud.effects).toHaveLength(before);
});

test("a freeze ends by itself at its time by the database's clock", async () => {
	const approval = await world.propose(target());
	const untilMs = (await world.test.store.now()) + 150;
	await freeze(anna, { untilMs });
	expect(await codeOf(world.decide(approval, ben))).toBe("conflict");
	while ((await world.test.store.now()) < untilMs);
	expect(await codeOf(world.decide(approval, ben))).toBe("done");
});

test("freezing is one step of an operator; lifting needs an admin and a reason; all is audited", async () => {
	expect(await codeOf(freeze(vera))).toBe("forbidden");
	const { freeze: made } = await freeze(anna, { scope: { environment: "local" } });
	expect(made).toMatchObject({ actorName: "anna", scope: { environment: "local" } });
	await explainFreeze({ store: world.test.store }, exampleActor(anna), {
		freezeId: made.id,
		reason: "a release",
	});
	expect((await world.test.store.freezes.active())[0]?.reason).toBe("a release");
	expect(await codeOf(lift(anna, made.id))).toBe("forbidden");
	expect(await codeOf(lift(ben, made.id, " "))).toBe("invalid");
	expect(await codeOf(lift(ben, "F-9999"))).toBe("not_found");
	await lift(ben, made.id);
	expect(await auditOf(`freeze:${made.id}`)).toEqual(["freeze.on", "freeze.explained", "freeze.lifted"]);
	await expect(lift(ben, made.id)).rejects.toMatchObject({
		code: "conflict",
		message: expect.stringMatching(
			new RegExp(`^Not lifted: ben lifted ${made.id} at \\{\\{time:\\d+\\}\\}\\. `),
		),
	});
});

test("of two who lift at once, on two replicas, one does", async () => {
	const { freeze: made } = await freeze(anna);
	const results = await Promise.all([
		codeOf(lift(ben, made.id)),
		codeOf(lift(ben, made.id, "me too", other)),
	]);
	expect(results.toSorted()).toEqual(["conflict", "done"]);
});

test("a freeze that can't be audited is not made, and what is mistyped is refused", async () => {
	await expect(freeze(anna, {}, withoutAudit(world.test.store))).rejects.toThrow("audit");
	expect(await world.test.store.freezes.active()).toEqual([]);
	const nowMs = await world.test.store.now();
	expect(await codeOf(freeze(anna, { untilMs: nowMs - 1 }))).toBe("invalid");
	expect(await codeOf(freeze(anna, { untilMs: nowMs + 400 * 86_400_000 }))).toBe("invalid");
	expect(await codeOf(freeze(anna, { untilMs: Number.NaN }))).toBe("invalid");
	expect(await codeOf(freeze(anna, { scope: { target: "" } }))).toBe("invalid");
	expect(await codeOf(freeze(anna, { scope: { target: "x".repeat(121) } }))).toBe("invalid");
});

test("case 30: once a freeze has returned, the only effects still to come are those it named as under way", async () => {
	let underwaySeen = 0;
	let stopped = 0;
	for (let round = 0; round < 10; round += 1) {
		const approvals = await Promise.all([target(), target(), target()].map((name) => world.approved(name)));
		const runs = approvals.map((approval, index) =>
			execute(
				world.deps({ store: index === 0 ? other : world.test.store, owner: `process-${index}` }),
				approval.id,
			),
		);
		for (let turn = 0; turn < round * 3; turn += 1) await world.test.store.now();
		const { freeze: made, underway } = await freeze(anna);
		const doneBefore = new Set(world.cloud.effects.map((effect) => effect.target));
		await Promise.all(runs);
		const named = new Set(underway.flatMap(({ plan }) => plan.targets.map(({ name }) => name)));
		const later = world.cloud.effects.map((effect) => effect.target).filter((name) => !doneBefore.has(name));
		for (const name of later) expect(named).toContain(name);
		for (const approval of approvals) {
			const { status } = await world.now(approval);
			const name = approval.plan.targets[0]?.name ?? "";
			const effects = world.cloud.effects.filter((effect) => effect.target === name).length;
			expect(effects).toBe(status === "cancelled" || status === "failed" ? 0 : 1);
			stopped += effects === 0 ? 1 : 0;
		}
		underwaySeen += underway.length;
		await lift(ben, made.id);
	}
	expect(underwaySeen).toBeGreaterThan(0);
	expect(stopped).toBeGreaterThan(0);
});
