import { mayDecide } from "../../src/domain/approval-policy.ts";
import { createApprovalRules } from "../../src/use-cases/approval-rules.ts";
import { examplePerson, exampleRule } from "../fakes/example-approval.ts";
import { openTestStore, type TestStore } from "../support/postgres.ts";

let store: TestStore["store"];
beforeAll(async () => {
	({ store } = await openTestStore());
});

const planOf = (...targets: readonly string[]) => ({
	remediation: "restart-service",
	environment: "test",
	account: "local",
	targets: targets.map((name) => ({ name, id: name, state: {} })),
});
const rulesWith = (named: Readonly<Record<string, readonly string[] | undefined>>) =>
	createApprovalRules({
		policy: [exampleRule()],
		readApprovers:
			async () =>
			({ name }) =>
				named[name],
	});

test("where no route names approvers, the policy stands as it is", async () => {
	expect(await rulesWith({}).ruleFor(store, planOf("checkout"))).toEqual(exampleRule());
});

test("a route's approvers are found by account or person, and who is unknown counts for nothing", async () => {
	const identity = { platform: "slack", tenant: "T1", userId: "U1" };
	const anna = await store.people.upsert(identity, "Anna", "operator");
	const ben = await store.people.upsert({ ...identity, userId: "U2" }, "Ben", "operator");
	const rules = rulesWith({ checkout: ["slack:T1:U1", ben.id, "slack:T1:U404", "P-404"] });
	const rule = await rules.ruleFor(store, planOf("checkout"));
	expect(rule?.approvers).toEqual([anna.id, ben.id]);
	expect(mayDecide(rule, anna, undefined).allowed).toBe(true);
	expect(mayDecide(rule, examplePerson("P-777", "admin"), undefined).allowed).toBe(false);
});

test("with several targets only who is named for each may decide", async () => {
	const identity = { platform: "slack", tenant: "T1", userId: "U3" };
	const carol = await store.people.upsert(identity, "Carol", "operator");
	const dan = await store.people.upsert({ ...identity, userId: "U4" }, "Dan", "operator");
	const rules = rulesWith({ checkout: [carol.id, dan.id], search: [carol.id], payments: undefined });
	const rule = await rules.ruleFor(store, planOf("checkout", "search", "payments"));
	expect(rule?.approvers).toEqual([carol.id]);
});

test("an empty list of approvers means nobody", async () => {
	const rule = await rulesWith({ checkout: [] }).ruleFor(store, planOf("checkout"));
	expect(mayDecide(rule, examplePerson("P-1", "admin"), undefined)).toMatchObject({ allowed: false });
});

test("a route gives nobody what the policy withholds", async () => {
	const eve = await store.people.upsert({ platform: "slack", tenant: "T1", userId: "U5" }, "Eve", "viewer");
	const rule = await rulesWith({ checkout: [eve.id] }).ruleFor(store, planOf("checkout"));
	expect(mayDecide(rule, eve, undefined)).toMatchObject({ allowed: false });
	const none = createApprovalRules({ policy: [], readApprovers: async () => () => [eve.id] });
	expect(await none.ruleFor(store, planOf("checkout"))).toBeUndefined();
});
