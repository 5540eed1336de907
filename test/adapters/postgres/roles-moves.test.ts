import { APPROVAL_MOVES } from "../../../src/adapters/postgres/roles/approval-moves.ts";
import { DATABASE_ROLES } from "../../../src/adapters/postgres/roles/database-role.ts";
import { APPROVAL_STATUSES, canMove } from "../../../src/domain/approval.ts";

const movesOf = (roles: readonly (typeof DATABASE_ROLES)[number][]) =>
	new Set(
		roles.flatMap((role) =>
			APPROVAL_STATUSES.flatMap((from) =>
				(APPROVAL_MOVES[role][from] ?? []).filter((to) => to !== from).map((to) => `${from} -> ${to}`),
			),
		),
	);

test("the roles together may make every move there is, and none that there is not", () => {
	const all = APPROVAL_STATUSES.flatMap((from) =>
		APPROVAL_STATUSES.filter((to) => canMove(from, to)).map((to) => `${from} -> ${to}`),
	);
	expect([...movesOf(DATABASE_ROLES)].toSorted()).toEqual(all.toSorted());
});

test("only ingress moves a request towards approval, and only the executor into a run", () => {
	for (const role of DATABASE_ROLES) {
		const targets = [...movesOf([role])].map((move) => move.split(" -> ")[1]);
		expect(targets.includes("approved") || targets.includes("partly_approved")).toBe(role === "ingress");
		expect(targets.includes("executing") || targets.includes("verifying")).toBe(role === "executor");
	}
});
