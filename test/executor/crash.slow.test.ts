import { isEnded } from "../../src/domain/approval.ts";
import { execute } from "../../src/executor/execute.ts";
import type { ExecutorDeps } from "../../src/executor/executor-deps.ts";
import { recover } from "../../src/executor/recover.ts";
import { verify } from "../../src/executor/verify.ts";
import type { FailpointName } from "../../src/ports/failpoint.ts";
import { decideApproval } from "../../src/use-cases/decide-approval.ts";
import { exampleActor, exampleRule } from "../fakes/example-approval.ts";
import { Died, mortal } from "../fakes/mortal.ts";
import { policyRules } from "../fakes/policy-rules.ts";
import { type ExecutorWorld, executorWorld, pause } from "./executor-world.ts";

let world: ExecutorWorld;
let next = 0;
const target = () => `c${++next}`;
/** The process that the queue's workers run in; undefined between a death and the next start. */
let current: ExecutorDeps | undefined;

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 40 }, (_, i) => `c${i + 1}`));
	const running = () => current ?? Promise.reject(new Died());
	await world.test.jobs.work("execute-approval", async ({ approvalId }) =>
		execute(await running(), approvalId),
	);
	await world.test.jobs.work("verify-execution", async ({ approvalId }) =>
		verify(await running(), approvalId, pause),
	);
	await world.test.jobs.work("publish-approval", async () => undefined);
});
afterAll(() => world.test.close());

/** A process that dies where `point` is passed: from then on its calls reach nothing and its memory is lost. */
function startProcess(owner: string, point?: FailpointName) {
	let dead = false;
	const isDead = () => dead;
	const { store, jobs } = world.test;
	const deps = world.deps({
		owner,
		store: mortal(store, isDead),
		reader: mortal(world.cloud.reader, isDead),
		writer: mortal(world.cloud.writer, isDead),
		metrics: mortal(world.metrics, isDead),
		jobs,
		failpoint: (name) => {
			if (dead || name !== point) return;
			dead = true;
			if (current === deps) current = undefined;
			throw new Died();
		},
	});
	return { deps, isDead };
}

/** What only time would do: the dead owner's leases end. */
const endLeases = () =>
	world.test.query("update smartcloudops.leases set expires_at = clock_timestamp() - interval '1 second'");

async function until(holds: () => Promise<boolean> | boolean, deadlineMs = 30_000): Promise<void> {
	const end = Date.now() + deadlineMs;
	while (!(await holds())) {
		if (Date.now() > end) throw new Error("it did not come true in time");
		await pause(25);
	}
}

const effectsOn = (name: string) => world.cloud.effects.filter((effect) => effect.target === name);

/** Lives through a death at `point` and a new start; gives the request as it ended. */
async function liveThrough(name: string, point: FailpointName, remediation: string) {
	const anna = await world.person("anna", "operator");
	const approval = await world.propose(name, { remediation });
	const first = startProcess(`first-${name}`, point);
	current = first.deps;
	const press = () =>
		decideApproval({ ...first.deps, rules: policyRules([exampleRule()]) }, exampleActor(anna), {
			approvalId: approval.id,
			verdict: "approve",
		});
	await press().catch((error: unknown) => {
		if (!(error instanceof Died)) throw error;
	});
	await until(first.isDead);
	const second = startProcess(`second-${name}`);
	await endLeases();
	current = second.deps;
	if ((await world.now(approval)).status === "proposed") await world.decide(approval, anna);
	await recover({ ...second.deps, jobs: world.test.jobs });
	await until(async () => isEnded((await world.now(approval)).status));
	return world.now(approval);
}

describe("a process that dies", () => {
	const points: readonly FailpointName[] = [
		"decision-verified",
		"decision-committed",
		"intent-committed",
		"call-sent",
		"reply-read",
		"result-stored",
		"approval-ended",
	];
	it.each(points)(
		"at %s has its request end as succeeded after the next start, with one effect",
		async (point) => {
			const name = target();
			world.metrics.showValue(() => 5);
			const ended = await liveThrough(name, point, "restart-service");
			expect(ended.status).toBe("succeeded");
			expect(ended.decisions).toHaveLength(1);
			expect(effectsOn(name)).toHaveLength(1);
			expect((await world.audited(ended)).filter((action) => action === "execution.intended")).toHaveLength(
				1,
			);
			expect(await world.test.store.audit.verify()).toMatchObject({ ok: true });
		},
		30_000,
	);

	it.each(["verification-failed", "approval-ended"] as const)(
		"at %s when the change did not help has it taken back once",
		async (point) => {
			const name = target();
			world.metrics.showValue(() => 50);
			const ended = await liveThrough(name, point, "set-size");
			expect(ended.status).toBe("rolled_back");
			expect(world.cloud.sizeOf(name)).toBe(4);
			expect(effectsOn(name)).toHaveLength(2);
		},
		30_000,
	);

	it("while its lease still runs keeps others away, and is followed when the lease ends", async () => {
		const name = target();
		world.metrics.showValue(() => 5);
		const approval = await world.approved(name);
		const first = startProcess("first-lease", "intent-committed");
		await expect(execute(first.deps, approval.id)).rejects.toBeInstanceOf(Died);
		await execute(world.deps({ owner: "second-lease" }), approval.id);
		expect((await world.now(approval)).status).toBe("executing");
		expect(effectsOn(name)).toHaveLength(0);
		await endLeases();
		await execute(world.deps({ owner: "second-lease" }), approval.id);
		expect(effectsOn(name)).toHaveLength(1);
	});

	it("and comes back to life after another took over has no second effect", async () => {
		const name = target();
		world.metrics.showValue(() => 5);
		const approval = await world.approved(name);
		let wake: () => void = () => undefined;
		const asleep = new Promise<void>((done) => {
			wake = done;
		});
		const { writer } = world.cloud;
		const slow = world.deps({
			owner: "sleeper",
			writer: {
				local: { restartService: async (request) => asleep.then(() => writer.local.restartService(request)) },
				aws: undefined,
			},
		});
		const sleeping = execute(slow, approval.id);
		await until(async () => (await world.now(approval)).status === "executing");
		await endLeases();
		current = undefined;
		await execute(world.deps({ owner: "successor" }), approval.id);
		wake();
		await sleeping;
		expect(effectsOn(name)).toHaveLength(1);
		expect((await world.now(approval)).status).toBe("verifying");
		expect((await world.test.store.executions.ofApproval(approval.id))?.status).toBe("called");
		expect((await world.audited(approval)).filter((action) => action === "execution.called")).toHaveLength(1);
	});
});
