import { AppError } from "../../../src/domain/errors.ts";
import type { AwsInstance } from "../../../src/ports/aws-reader.ts";
import { judgeTargets } from "../../../src/remediations/aws/judge-targets.ts";
import { stopInstance } from "../../../src/remediations/stop-instance.ts";
import { fakeAwsReader } from "../../fakes/fake-aws-ports.ts";
import { fakeCloud } from "../../fakes/fake-cloud.ts";

const instance = (id: string, parts: Partial<AwsInstance> = {}): AwsInstance => ({
	id,
	name: "web",
	account: "111122223333",
	region: "eu-west-1",
	environment: "production",
	state: "running",
	type: "t3.micro",
	launchedAtMs: 1,
	rootDevice: "ebs",
	managed: true,
	...parts,
});
const asked = {
	asked: "the tag Role=web",
	one: false,
	regions: ["eu-west-1"],
	requiredTag: { key: "smartcloudops", value: "managed" },
};
const refusal = (found: readonly AwsInstance[], parts: Partial<typeof asked> = {}) => {
	try {
		judgeTargets(found, { ...asked, ...parts });
		return "none";
	} catch (error) {
		return error instanceof AppError ? `${error.code}: ${error.message}` : "another error";
	}
};

describe("the targets of a plan", () => {
	it("come sorted by id, without those that are ending", () => {
		const found = [instance("i-3"), instance("i-1"), instance("i-2", { state: "shutting-down" })];
		expect(judgeTargets(found, asked).map(({ id }) => id)).toEqual(["i-1", "i-3"]);
	});

	it("are refused where all have ended, are of two accounts, or one name means two", () => {
		expect(refusal([])).toBe("not_found: No instance is found by the tag Role=web in eu-west-1.");
		expect(refusal([instance("i-1", { state: "terminated" })])).toBe(
			"not_found: web (i-1) is terminated, so there is nothing to change.",
		);
		expect(refusal([instance("i-1"), instance("i-2", { account: "999900001111" })])).toBe(
			"conflict: the tag Role=web means instances of 2 accounts (111122223333 and 999900001111); one request changes one account.",
		);
		expect(refusal([instance("i-1"), instance("i-2")], { one: true, asked: "web" })).toMatch(
			/^conflict: 2 instances are named web: i-1 in eu-west-1 and i-2 in eu-west-1; name one by its id\.$/,
		);
	});

	it("are at most fifty", () => {
		const many = (count: number) => Array.from({ length: count }, (_, index) => instance(`i-${index}`));
		expect(refusal(many(50))).toBe("none");
		expect(refusal(many(51))).toMatch(/^invalid: the tag Role=web means 51 instances, and at most 50/);
	});
});

describe("an instance whose root volume is an instance store", () => {
	it("can't be stopped, and the refusal says what can be done", async () => {
		const { reader } = fakeCloud();
		const there = instance("i-00000000000000001", { rootDevice: "instance-store" });
		const aws = fakeAwsReader({
			regions: ["eu-west-1"],
			instances: [{ instance: there, tags: {} }],
			groups: [],
			services: [],
			unreachable: new Set(),
			prices: {},
			report: "",
			ours: true,
		});
		await expect(stopInstance.plan({ instance: there.id }, { ...reader, aws })).rejects.toMatchObject({
			code: "conflict",
			message:
				"AWS can't stop web (i-00000000000000001): its root volume is an instance store; reboot it instead (reboot-instance).",
		});
	});
});
