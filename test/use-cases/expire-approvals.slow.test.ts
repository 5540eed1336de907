import { expireApprovals } from "../../src/use-cases/expire-approvals.ts";
import { type ExecutorWorld, executorWorld } from "../executor/executor-world.ts";
import { withoutAudit } from "../fakes/altered-store.ts";
import { exampleRule } from "../fakes/example-approval.ts";

let world: ExecutorWorld;
let next = 0;
const propose = () => world.propose(`e${++next}`);

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 20 }, (_, i) => `e${i + 1}`));
});
afterAll(() => world.test.close());
beforeEach(() => {
	world.policy = [exampleRule()];
});

const deps = (store = world.test.store) => ({ store, jobs: { nudge: () => undefined } });
const makeOverdue = (id: string) =>
	world.test.query("update smartcloudops.approvals set expires_at = clock_timestamp() where number = $1", [
		Number(id.slice(2)),
	]);

describe("the expiry of requests", () => {
	it("ends what is overdue by the database's clock, says that nothing was changed, and leaves the rest", async () => {
		const [overdue, fresh] = [await propose(), await propose()];
		await makeOverdue(overdue.id);
		expect(await expireApprovals(deps())).toBe(1);
		expect(await world.now(overdue)).toMatchObject({
			status: "expired",
			outcome: "It expired before enough people decided; nothing was changed.",
		});
		expect((await world.now(fresh)).status).toBe("proposed");
		expect(await world.audited(overdue)).toEqual(["approval.proposed", "approval.expired"]);
		expect(await expireApprovals(deps())).toBe(0);
	});

	it("ends a request that half of the quorum has approved", async () => {
		world.policy = [exampleRule({ quorum: 2 })];
		const approval = await propose();
		await world.decide(approval, await world.person("anna", "operator"));
		await makeOverdue(approval.id);
		expect(await expireApprovals(deps())).toBe(1);
		expect((await world.now(approval)).status).toBe("expired");
	});

	it("does not touch what is decided", async () => {
		const approval = await propose();
		await world.decide(approval, await world.person("anna", "operator"));
		await makeOverdue(approval.id);
		expect(await expireApprovals(deps())).toBe(0);
		expect((await world.now(approval)).status).toBe("approved");
	});

	it("by several replicas at once ends each once", async () => {
		const requests = await Promise.all([propose(), propose(), propose()]);
		for (const { id } of requests) await makeOverdue(id);
		const counts = await Promise.all([1, 2, 3].map(() => expireApprovals(deps())));
		expect(counts.reduce((a, b) => a + b, 0)).toBe(3);
		for (const request of requests)
			expect(await world.audited(request)).toEqual(["approval.proposed", "approval.expired"]);
	});

	it("that can't be audited leaves the request as it was", async () => {
		const approval = await propose();
		await makeOverdue(approval.id);
		await expect(expireApprovals(deps(withoutAudit(world.test.store)))).rejects.toThrow("disk is full");
		expect((await world.now(approval)).status).toBe("proposed");
		expect(await expireApprovals(deps())).toBe(1);
	});

	it("reaches the oldest of more requests than fit a page", async () => {
		const { id: _id, version: _version, decisions: _decisions, ...parts } = await propose();
		const { approvals } = world.test.store;
		const old = await approvals.create({ ...parts, expiresAtMs: parts.createdAtMs });
		for (let i = 0; i < 205; i += 1) await approvals.create(parts);
		expect(await expireApprovals(deps())).toBe(1);
		expect((await world.now(old)).status).toBe("expired");
	});
});
