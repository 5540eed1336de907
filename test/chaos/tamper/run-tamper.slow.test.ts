import { AUDIT_GENESIS } from "../../../src/domain/audit-event.ts";
import { runTamper } from "./run-tamper.ts";
import { TAMPERS } from "./tampers.ts";

test("case I4: whoever tampers with the audit in the database is found out, and the first wrong record named", async () => {
	const result = await runTamper({ trials: 150, seed: 4 });
	expect(result.violations).toEqual([]);
	expect(result).toMatchObject({ trials: 150, controls: 16 });
	expect(Object.keys(result.ways).toSorted()).toEqual(Object.keys(TAMPERS).toSorted());
});

test("a verification that sees nothing is found out", async () => {
	const blind = async () => ({ ok: true, records: 60, head: AUDIT_GENESIS });
	const { violations } = await runTamper({ trials: 20, seed: 4, verify: blind });
	expect(violations).toHaveLength(20);
});

test("a verification that finds everything broken is found out", async () => {
	const blind = async () => ({ ok: false, records: 0, head: AUDIT_GENESIS, reason: "always" });
	const { violations } = await runTamper({ trials: 10, seed: 4, verify: blind });
	expect(violations.filter(({ text }) => text.startsWith("untouched"))).toHaveLength(2);
});
