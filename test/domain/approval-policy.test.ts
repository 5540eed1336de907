import { isQuorum, mayDecide, mayRequest, ruleFor } from "../../src/domain/approval-policy.ts";
import { examplePerson, exampleRule } from "../fakes/example-approval.ts";

const plan = { remediation: "restart-service", environment: "local", account: "local" };
const admin = examplePerson("P1", "admin");

describe("the rule of a plan", () => {
	const local = exampleRule({ environment: "local" });
	const restart = exampleRule({ remediation: "restart-service", quorum: 2 });
	const rest = exampleRule({ quorum: 3 });

	it("is the first that matches, in the order of the policy", () => {
		expect(ruleFor([local, restart, rest], plan)).toBe(local);
		expect(ruleFor([restart, local], plan)).toBe(restart);
		expect(ruleFor([local, rest], { ...plan, environment: "production" })).toBe(rest);
	});

	it("is none where none matches", () => {
		expect(ruleFor([], plan)).toBeUndefined();
		expect(ruleFor([exampleRule({ environment: "prod" })], plan)).toBeUndefined();
		expect(ruleFor([exampleRule({ remediation: "scale-group" })], plan)).toBeUndefined();
	});

	it("does not take a longer name for the same, and upper case for a weaker rule", () => {
		expect(ruleFor([local], { ...plan, environment: "local-2" })).toBeUndefined();
		const production = exampleRule({ environment: "production", quorum: 2 });
		expect(ruleFor([production, rest], { ...plan, environment: "Production" })).toBe(production);
	});

	it("case 9: is one with self-approval on this machine only, whatever environment a tag names", () => {
		const own = exampleRule({ environment: "local", selfApproval: true });
		expect(ruleFor([own, rest], plan)).toBe(own);
		expect(ruleFor([own, rest], { ...plan, environment: "Local" })).toBe(rest);
		expect(ruleFor([own, rest], { ...plan, account: "111122223333" })).toBe(rest);
		expect(ruleFor([own], { ...plan, account: "111122223333" })).toBeUndefined();
	});
});

describe("the policy fails closed", () => {
	it("without a rule nobody may request or decide, not even an admin or the product itself", () => {
		expect(mayRequest(undefined, admin).allowed).toBe(false);
		expect(mayRequest(undefined, undefined).allowed).toBe(false);
		expect(mayDecide(undefined, admin, undefined).allowed).toBe(false);
	});

	it("an empty set of approvers is nobody, not everybody", () => {
		expect(mayDecide(exampleRule({ approveRoles: [] }), admin, undefined)).toEqual({
			allowed: false,
			reason: "No approval policy covers this remediation here, so nobody may decide.",
		});
		expect(mayDecide(exampleRule({ approveRoles: [], selfApproval: true }), admin, "P1").allowed).toBe(false);
	});

	it("an empty set of requesters is nobody, and the refusal says so", () => {
		expect(mayRequest(exampleRule({ requestRoles: [] }), admin)).toEqual({
			allowed: false,
			reason: "The approval policy lets nobody request this remediation here.",
		});
	});

	it("an admin is not an approver where the rule names operators only", () => {
		expect(mayDecide(exampleRule({ approveRoles: ["operator"] }), admin, undefined)).toEqual({
			allowed: false,
			reason: "Deciding needs the role operator.",
		});
	});

	it.each([
		[undefined, 99, false],
		[exampleRule(), 0, false],
		[exampleRule(), 1, true],
		[exampleRule({ quorum: 2 }), 1, false],
		[exampleRule({ quorum: 2 }), 2, true],
		[exampleRule({ quorum: 0 }), 0, false],
		[exampleRule({ quorum: -1 }), 0, false],
		[exampleRule({ quorum: Number.NaN }), 5, false],
	])("rule %#: a quorum is at least one person", (rule, approvers, enough) => {
		expect(isQuorum(rule, approvers)).toBe(enough);
	});
});

describe("requesting", () => {
	it("is open to the roles of the rule, and to the product itself, which changes nothing by it", () => {
		expect(mayRequest(exampleRule(), examplePerson("P2", "operator"))).toEqual({ allowed: true });
		expect(mayRequest(exampleRule(), undefined)).toEqual({ allowed: true });
		expect(mayRequest(exampleRule(), examplePerson("P3", "viewer"))).toEqual({
			allowed: false,
			reason: "Requesting this needs the role admin or operator.",
		});
	});
});

describe("deciding", () => {
	it("is refused to the requester unless the rule allows self-approval", () => {
		expect(mayDecide(exampleRule(), admin, "P1")).toMatchObject({ allowed: false });
		expect(mayDecide(exampleRule({ selfApproval: true }), admin, "P1")).toEqual({ allowed: true });
		expect(mayDecide(exampleRule(), admin, "P2")).toEqual({ allowed: true });
		expect(mayDecide(exampleRule(), admin, undefined)).toEqual({ allowed: true });
	});
});
