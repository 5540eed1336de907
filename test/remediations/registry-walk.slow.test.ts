import { canonicalJson } from "../../src/domain/canonical-json.ts";
import { Plan } from "../../src/domain/plan.ts";
import type { AnyRemediation } from "../../src/remediations/define-remediation.ts";
import { remediations } from "../../src/remediations/registry.ts";
import { ACCOUNT, REGION } from "../adapters/aws/aws-world.ts";
import { ASKED } from "./aws/asked.ts";
import { type RemediationWorld, remediationWorld } from "./aws/remediation-world.ts";

const cases = remediations.map((remediation) => [remediation.name, remediation] as const);

let world: RemediationWorld;

beforeEach(async () => {
	world = await remediationWorld();
});
afterEach(() => world.stop());

const ask = async (remediation: AnyRemediation) => {
	const parameters = ASKED[remediation.name]?.(world);
	if (!parameters) throw new Error(`no world is written down in which to ask for ${remediation.name}`);
	return { parameters, plan: await world.plan(remediation, parameters) };
};
/** The caller may do exactly this from now on. */
const allow = (actions: readonly string[]) => {
	world.fake.keys.set(world.key.accessKeyId, { ...world.key, allow: [...actions] });
};
/** The actions that the fake was asked for since `from`; whose credentials these are may always be asked. */
const actionsSince = (from: number) =>
	[...new Set(world.fake.calls.slice(from).map(({ service, operation }) => `${service}:${operation}`))]
		.filter((action) => action !== "sts:GetCallerIdentity")
		.toSorted();

describe.each(cases)("%s", (name, remediation) => {
	it("plans without an effect, the same twice, in one region, with every target by its full id", async () => {
		const { plan, parameters } = await ask(remediation);
		expect(Plan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
		expect(plan.checks.filter(({ verdict }) => verdict === "fail")).toEqual([]);
		expect(world.effects()).toEqual([]);
		expect(plan).toMatchObject({ account: ACCOUNT, region: REGION, remediation: name });
		for (const { id } of plan.targets) expect(id).toMatch(new RegExp(`:${REGION}:(?:${ACCOUNT}:.*|i-.*)`));
		expect(canonicalJson(await world.plan(remediation, parameters))).toBe(canonicalJson(plan));
		expect(world.hash(await world.plan(remediation, plan.parameters))).toBe(world.hash(plan));
		expect(plan.title.length).toBeLessThanOrEqual(90);
		for (const text of [plan.title, plan.summary, plan.noun, ...plan.checks.map((check) => check.text)])
			expect(text).not.toMatch(/undefined|NaN|null|!|\bsuccessfully\b|\bplease\b/i);
		expect(plan.permissions.length).toBeGreaterThan(0);
		for (const { action, resources } of plan.permissions) {
			expect(remediation.iam.write).toContain(action);
			for (const resource of resources) expect(resource).toMatch(/^(?:arn:aws:.*|\*)$/);
		}
	});

	it("plans with the declared reading actions and runs with the declared changing ones, and needs them all", async () => {
		allow(remediation.iam.read);
		const { plan } = await ask(remediation);
		const planned = world.fake.calls.length;
		const reading = actionsSince(0);
		allow(remediation.iam.write);
		await world.execute(remediation, plan);
		const executed = world.fake.calls.length;
		const changing = actionsSince(planned);
		allow(remediation.iam.read);
		await world.outcome(remediation, plan);
		const reconciled = world.fake.calls.length;
		reading.push(...actionsSince(executed));
		allow([...remediation.iam.read, ...remediation.iam.write]);
		if (remediation.reversal === "rollback")
			await remediation.rollback(
				plan,
				world.cloudWriter,
				{ id: "X-1-rollback", intendedAtMs: 0 },
				world.cloudReader,
			);
		const isChange = (action: string) => remediation.iam.write.includes(action);
		const back = Map.groupBy(actionsSince(reconciled), isChange);
		changing.push(...(back.get(true) ?? []));
		reading.push(...(back.get(false) ?? []));
		expect([...new Set(reading)].toSorted()).toEqual([...remediation.iam.read].toSorted());
		expect([...new Set(changing)].toSorted()).toEqual([...remediation.iam.write].toSorted());
	});

	it("without the right to change says which action is missing, and changes nothing", async () => {
		const { plan } = await ask(remediation);
		allow(remediation.iam.read.filter((action) => action !== "ssm:SendCommand"));
		await expect(world.execute(remediation, plan)).rejects.toMatchObject({
			code: "forbidden",
			message: expect.stringContaining(plan.permissions[0]?.action ?? "none"),
		});
		expect(world.effects()).toEqual([]);
	});

	it("without an AWS account is refused with what to do", async () => {
		const { plan, parameters } = await ask(remediation);
		const reader = { ...world.cloudReader, aws: undefined };
		const refused = remediation.plan(remediation.parameters.parse(parameters), reader);
		await expect(refused).rejects.toMatchObject({
			code: name === "restart-service" ? "not_found" : "unsupported",
		});
		const writer = { ...world.cloudWriter, aws: undefined };
		await expect(remediation.execute(plan, writer, { id: "X-1", intendedAtMs: 0 })).rejects.toMatchObject({
			code: "unsupported",
		});
	});

	it("throttled while running says so, and changes nothing", async () => {
		const { plan } = await ask(remediation);
		const operation = plan.permissions[0]?.action.split(":")[1] ?? "";
		world.fake.faults.add({ kind: "throttle" }, { operation });
		await expect(world.execute(remediation, plan)).rejects.toMatchObject({ code: "limited" });
		expect(world.effects()).toEqual([]);
	});
});
