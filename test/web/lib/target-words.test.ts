import { innerState, targetRows } from "../../../web/src/lib/target-words.ts";

const ARN = "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1:autoScalingGroupName/api";
const group = { name: "api", id: ARN, state: { from: 5, to: 6, minimum: 1, suspended: "none" } };
const instance = (state: Readonly<Record<string, string | number>>) => ({
	name: "batch-0",
	id: "aws:111122223333:eu-west-1:i-0c41a2b3",
	state: { state: "running", ...state },
});

test("a group is its name and how many it goes from and to; its name is not said twice", () => {
	const { rows, stateHead } = targetRows([group]);
	expect(rows).toEqual([{ key: ARN, name: "api", id: "", state: "5 → 6" }]);
	expect(stateHead).toBe("From → to");
});

test("an instance is its name, the id that AWS shows and how it was found", () => {
	const { rows, idHead, stateHead } = targetRows([instance({ rootDevice: "ebs" })]);
	expect(rows[0]).toMatchObject({ name: "batch-0", id: "i-0c41a2b3", state: "running" });
	expect([idHead, stateHead]).toEqual(["Id", "Now"]);
});

test("a process is known by its number", () => {
	const local = { name: "checkout", id: "local:checkout:4711:1763", state: { pid: 4711 } };
	const { rows, idHead } = targetRows([local]);
	expect(rows[0]).toMatchObject({ name: "checkout", id: "4711", state: "" });
	expect(idHead).toBe("Process");
});

test("what only the plan needs is told apart from what a row says", () => {
	expect(innerState(group, 0)).toBe("minimum 1, suspended none");
	expect(innerState(instance({ rootDevice: "ebs", group: "none" }), 0)).toBe("root device ebs, group none");
});
