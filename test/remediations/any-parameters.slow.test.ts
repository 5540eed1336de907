import * as fc from "fast-check";
import { AppError } from "../../src/domain/errors.ts";
import { Plan } from "../../src/domain/plan.ts";
import type { AwsGroup, AwsInstance } from "../../src/ports/aws-reader.ts";
import { makePlan, planHashOf } from "../../src/remediations/make-plan.ts";
import { remediations } from "../../src/remediations/registry.ts";
import { type AwsPortsWorld, fakeAwsReader } from "../fakes/fake-aws-ports.ts";
import { fakeCloud } from "../fakes/fake-cloud.ts";

const REGIONS = ["eu-west-1", "us-east-1"];
const REFUSALS = ["invalid", "not_found", "conflict", "unsupported"];
const HOSTILE = [
	"$(reboot)",
	"{{ssm:secret}}",
	"web\nrm -rf /",
	"../..",
	"<!channel>",
	"\u202Ebew",
	"__proto__",
	"*",
	"a".repeat(3000),
	"'; DROP TABLE plans; --",
];
const NAMES = ["web", "web-1", "orders", "batch", "checkout", ...HOSTILE];
const names = fc.constantFrom(...NAMES);
const region = fc.constantFrom(...REGIONS);
const id = fc.integer({ min: 1, max: 12 }).map((number) => `i-${number.toString(16).padStart(17, "0")}`);

/** Nearly always the first, so that several of them can go together. */
const often = <First, Second>(first: First, second: Second) =>
	fc.oneof({ weight: 24, arbitrary: fc.constant(first) }, { weight: 1, arbitrary: fc.constant(second) });

const instance = fc
	.record({
		id,
		name: names,
		region: often("eu-west-1", "us-east-1"),
		environment: often("production", "staging"),
		state: fc.constantFrom<AwsInstance["state"]>(
			"running",
			"running",
			"running",
			"stopped",
			"stopped",
			"pending",
			"terminated",
		),
		rootDevice: often("ebs" as const, "instance-store" as const),
		group: often(undefined, "web"),
		healthy: fc.constantFrom(true, true, false, undefined),
		managed: often(true, false),
		type: fc.constantFrom("t3.micro", "x9.huge"),
	})
	.chain(({ group, healthy, ...rest }) =>
		fc.record({
			instance: fc.constant<AwsInstance>({
				...rest,
				account: "111122223333",
				launchedAtMs: 1_700_000_000_000,
				...(group === undefined ? {} : { group }),
				...(healthy === undefined ? {} : { healthy }),
			}),
			tags: fc.record({
				Name: fc.constant(rest.name),
				Service: fc.constantFrom("orders", "web"),
				Role: fc.constantFrom("blue", "green"),
			}),
		}),
	);

const group = (name: string): fc.Arbitrary<AwsGroup> =>
	fc
		.record({ region, minimum: fc.nat(3), more: fc.nat(8), desired: fc.nat(8), managed: fc.constant(true) })
		.map(({ minimum, more, ...rest }) => ({
			...rest,
			name,
			arn: `arn:aws:autoscaling:${rest.region}:111122223333:autoScalingGroup:1:autoScalingGroupName/${name}`,
			account: "111122223333",
			environment: "production",
			minimum,
			maximum: minimum + more,
			instances: Array.from({ length: rest.desired }, (_, index) => ({
				id: `i-0${index}`,
				type: "t3.micro",
				healthy: index % 3 !== 0,
			})),
			suspended: rest.desired === 5 ? ["Launch"] : [],
		}));

const world: fc.Arbitrary<AwsPortsWorld> = fc.record({
	regions: fc.constant(REGIONS),
	instances: fc.uniqueArray(instance, { minLength: 2, maxLength: 8, selector: (one) => one.instance.id }),
	groups: fc.tuple(group("web"), group("batch")).map((all) => [...all]),
	services: fc.constant([
		{
			name: "orders",
			region: "eu-west-1",
			tag: { key: "Service", value: "orders" },
			unit: "orders.service",
			cleanPaths: ["/var/log/orders"],
			environment: undefined,
		},
		{
			name: "batch",
			region: "us-east-1",
			tag: { key: "Role", value: "blue" },
			unit: "batch.service",
			cleanPaths: [],
			environment: "production",
		},
	]),
	unreachable: fc.subarray(["i-00000000000000001", "i-00000000000000002"]).map((ids) => new Set(ids)),
	prices: fc.constant({ "t3.micro": 0.0104 }),
	report: fc.constantFrom(
		'{"wouldFreeBytes":4096,"files":2,"skipped":[]}',
		'{"wouldFreeBytes":0,"files":0,"skipped":["/a: missing"]}',
		"no report",
		'{"wouldFreeBytes":-1,"files":"x"}',
	),
	ours: often(true, false),
});

const anything = fc.oneof(names, fc.jsonValue(), fc.double(), fc.constant(undefined), fc.string());
const sizes = fc.oneof(fc.integer({ min: -12, max: 12 }), fc.constantFrom("+2", "-1", "6", "1e9", " 3"));
/** Close to what is meant: each parameter left out, as meant, or anything. */
const near = fc
	.record(
		{
			instance: fc.oneof({ weight: 4, arbitrary: fc.oneof(id, names) }, { weight: 1, arbitrary: anything }),
			tag: fc.oneof(
				fc.constantFrom("Role=blue", "Service=orders", "Name=web", "Role=*", "=", "a="),
				anything,
			),
			region: fc.oneof({ weight: 4, arbitrary: region }, { weight: 1, arbitrary: anything }),
			group: fc.oneof(
				{ weight: 4, arbitrary: fc.constantFrom("web", "batch") },
				{ weight: 1, arbitrary: anything },
			),
			desired: fc.oneof({ weight: 4, arbitrary: sizes }, { weight: 1, arbitrary: anything }),
			change: fc.oneof({ weight: 4, arbitrary: sizes }, { weight: 1, arbitrary: anything }),
			service: fc.oneof(
				{ weight: 4, arbitrary: fc.constantFrom("orders", "batch", "checkout") },
				{ weight: 1, arbitrary: anything },
			),
			older_than_days: fc.oneof(
				{ weight: 4, arbitrary: fc.constantFrom(7, "30", 0, 365, 366) },
				{ weight: 1, arbitrary: anything },
			),
			path: fc.oneof(
				{ weight: 4, arbitrary: fc.constant("/var/log/orders") },
				{ weight: 1, arbitrary: anything },
			),
		},
		{ requiredKeys: [] },
	)
	.map((parameters): Record<string, unknown> => parameters);

const one = id.map((instanceId) => ({ instance: instanceId }));
const many = fc.constantFrom("Role=blue", "Role=green", "Service=orders").map((tag) => ({ tag }));
const instances = fc.oneof(one, many);
/** What each remediation knows, so that most of what is tried gets past the names of its parameters. */
const MEANT: Readonly<Record<string, fc.Arbitrary<Record<string, unknown>>>> = {
	"restart-service": fc.record({ service: fc.constantFrom("orders", "batch", "checkout") }),
	"reboot-instance": instances,
	"start-instance": instances,
	"stop-instance": instances,
	"scale-group": fc.oneof(
		fc.record({ group: fc.constantFrom("web", "batch"), desired: sizes }),
		fc.record({ group: fc.constantFrom("web", "batch"), change: sizes, region }),
	),
	"clean-disk": fc.record({
		service: fc.constantFrom("orders", "batch"),
		older_than_days: fc.oneof(fc.integer({ min: 1, max: 365 }), fc.constantFrom("7", 0)),
	}),
};
const KNOWN: Readonly<Record<string, readonly string[]>> = {
	"restart-service": ["service"],
	"reboot-instance": ["instance", "tag", "region"],
	"start-instance": ["instance", "tag", "region"],
	"stop-instance": ["instance", "tag", "region"],
	"scale-group": ["group", "desired", "change", "region"],
	"clean-disk": ["service", "older_than_days", "path"],
};
const parametersOf = (name: string) =>
	fc.oneof(
		{ weight: 8, arbitrary: MEANT[name] ?? near },
		{
			weight: 8,
			arbitrary: near.map((all) =>
				Object.fromEntries(Object.entries(all).filter(([key]) => KNOWN[name]?.includes(key))),
			),
		},
		{ weight: 1, arbitrary: near },
		{ weight: 1, arbitrary: anything },
	);

describe.each(remediations.map((remediation) => [remediation.name, remediation] as const))(
	"%s",
	(name, remediation) => {
		it("makes of any parameters a clear refusal or a valid plan", async () => {
			let plans = 0;
			const property = fc.asyncProperty(world, parametersOf(name), async (there, parameters) => {
				const cloud = fakeCloud(["checkout"]);
				const reader = { ...cloud.reader, aws: fakeAwsReader(there) };
				const checks = { verification: undefined, guards: [] };
				const made = await makePlan(remediation, parameters, checks, reader).catch((error: unknown) => error);
				expectRefusalOrPlan(made);
				if (made instanceof AppError) return;
				const plan = Plan.parse(made);
				plans += 1;
				expect(made).toEqual(plan);
				expect(plan.targets.length).toBeGreaterThan(0);
				expect(new Set(plan.targets.map((target) => target.id)).size).toBe(plan.targets.length);
				for (const target of plan.targets) expectManaged(there, plan, target.id);
				for (const text of [plan.title, plan.summary, ...plan.checks.map((check) => check.text)])
					expect(text).not.toMatch(/undefined|NaN|\n|\u202E/);
				const again = await makePlan(remediation, plan.parameters, checks, reader);
				expect(planHashOf(again, 0)).toBe(planHashOf(plan, 0));
			});
			await fc.assert(property, { seed: 4, numRuns: 800 });
			expect(plans).toBeGreaterThan(20);
		});
	},
);

/** An AppError of the kinds that a person can act on, with a sentence; or something that is meant as a plan. */
function expectRefusalOrPlan(made: unknown): void {
	const { code, message } = made instanceof AppError ? made : { code: "invalid", message: "This is a plan." };
	expect(REFUSALS).toContain(code);
	expect(message).toMatch(/^[\s\S]{10,1500}\.$/);
	expect(message).not.toMatch(/undefined|NaN|\[object|\n/);
}

function expectManaged(there: AwsPortsWorld, plan: Plan, targetId: string): void {
	if (plan.account === "local") return;
	const target =
		there.instances.find(({ instance: known }) => targetId.endsWith(`:${known.id}`))?.instance ??
		there.groups.find(({ arn }) => arn === targetId);
	expect(target).toMatchObject({ managed: true, region: plan.region, environment: plan.environment });
}
