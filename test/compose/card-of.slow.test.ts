import { cardOf } from "../../src/compose/card-of.ts";
import { Weekday } from "../../src/domain/approval-policy.ts";
import { approvalMessage } from "../../src/use-cases/approval-message.ts";
import { createEffectHolds } from "../../src/use-cases/effect-holds.ts";
import { type ExecutorWorld, executorWorld } from "../executor/executor-world.ts";
import { exampleActor, exampleRule } from "../fakes/example-approval.ts";
import { policyRules } from "../fakes/policy-rules.ts";

let world: ExecutorWorld;
beforeAll(async () => {
	world = await executorWorld(["a", "b"]);
});
afterAll(() => world.test.close());

test("a card says to who may decide what keeps the request from being approved, and who may not sees no buttons", async () => {
	const anna = await world.person("anna", "operator");
	const vera = await world.person("vera", "viewer");
	const approval = await world.propose("a");
	const { store } = world.test;
	const cardFor = async (person: typeof anna) =>
		cardOf(
			{
				store,
				rules: policyRules(world.policy),
				holds: createEffectHolds([]),
				draw: async () => approvalMessage({ approval: await world.now(approval) }, await store.now()),
			},
			`approval:${approval.id}`,
			exampleActor(person),
		);
	const free = await cardFor(anna);
	expect(free?.mayDecide).toBe(true);
	expect(free?.message.plan?.note ?? "").not.toContain("can't be approved now");
	// Three or four days from now, whatever day it is.
	const day = Weekday.options[(new Date().getUTCDay() + 3) % 7] ?? "sat";
	const never = { days: [day], from: "00:00", to: "00:01", timeZone: "UTC" };
	world.policy = [exampleRule({ allowedTimes: [never] })];
	const held = await cardFor(anna);
	expect(held?.mayDecide).toBe(true);
	expect(held?.message.plan?.note).toMatch(
		/It can't be approved now: The approval policy allows this only ... 00:00–00:01 \(UTC\)\./,
	);
	expect((await cardFor(vera))?.mayDecide).toBe(false);
});
