import type { AwsTimes } from "../../../src/adapters/aws/common/settings.ts";
import type { Plan } from "../../../src/domain/plan.ts";
import type { CloudReader } from "../../../src/ports/cloud-reader.ts";
import type { CloudWriter } from "../../../src/ports/cloud-writer.ts";
import type { MetricsSource } from "../../../src/ports/metrics-source.ts";
import type {
	AnyRemediation,
	Reconciliation,
	RunState,
} from "../../../src/remediations/define-remediation.ts";
import { makePlan, planHashOf } from "../../../src/remediations/make-plan.ts";
import { type AwsWorld, awsWorld, MANAGED, REGION, shippedDocument } from "../../adapters/aws/aws-world.ts";
import type { InstanceOptions } from "../../fakes/aws/launch-instance.ts";
import type { FakeAwsOptions } from "../../fakes/aws/start-fake-aws.ts";
import { fakeCloud } from "../../fakes/fake-cloud.ts";

/** What every walk has: prices of two types, and the service orders with two folders to clean. */
const CONFIG = {
	prices_usd_per_hour: { "t3.micro": 0.0104, "m5.large": 0.096 },
	services: [
		{
			name: "orders",
			region: REGION,
			tag: { key: "Service", value: "orders" },
			unit: "orders.service",
			clean_paths: ["/var/log/orders", "/var/cache/orders"],
		},
		{ name: "bare", region: REGION, tag: { key: "Service", value: "bare" }, unit: "bare.service" },
	],
};

/** The fake AWS behind the real adapters, with a plan's whole life in single steps. */
export type RemediationWorld = AwsWorld & {
	readonly cloudReader: CloudReader;
	readonly cloudWriter: CloudWriter;
	readonly metrics: MetricsSource;
	/** An instance with the required tag. */
	addInstance(options?: InstanceOptions): string;
	plan(remediation: AnyRemediation, parameters: unknown): Promise<Plan>;
	/** The plan's hash, as the executor compares it. */
	hash(plan: Plan): string;
	execute(remediation: AnyRemediation, plan: Plan, id?: string): Promise<RunState>;
	/** Looks at what became of a run, so many seconds after its intent by the database's clock. */
	reconcile(
		remediation: AnyRemediation,
		plan: Plan,
		afterSeconds: number,
		id?: string,
	): Promise<Reconciliation>;
	/** Asks until it is no longer under way. */
	outcome(remediation: AnyRemediation, plan: Plan, id?: string): Promise<Reconciliation>;
	/** The operations that changed something, in order, with their targets. */
	effects(): readonly string[];
	/** What the metrics know of boots: nothing, or what really happened. */
	bootMetrics: boolean;
};

/** `intendedAtMs` of every run: the moment the world was opened. */
export async function remediationWorld(
	config: Record<string, unknown> = {},
	options: Partial<FakeAwsOptions> = {},
	times: Partial<AwsTimes> = {},
): Promise<RemediationWorld> {
	const aws = await awsWorld({ ...CONFIG, ...config }, options, times);
	const region = aws.fake.world.region(REGION);
	const local = fakeCloud();
	const intendedAtMs = Date.now();
	const run = (id: string) => ({ id, intendedAtMs });
	const cloudReader: CloudReader = { local: local.reader.local, aws: aws.reader };
	const cloudWriter: CloudWriter = { local: local.writer.local, aws: aws.writer };
	const metrics: MetricsSource = {
		kind: "prometheus",
		instant: async (_query, atMs) =>
			!world.bootMetrics
				? []
				: region.instances().map(({ instanceId, bootedAtMs, launchedAtMs }) => ({
						labels: { __name__: "node_boot_time_seconds", instance_id: instanceId },
						t: atMs,
						v: (atMs < bootedAtMs ? launchedAtMs : bootedAtMs) / 1000,
					})),
		eachInstant: async () => undefined,
		range: async () => [],
		metadata: async () => [],
	};
	const world: RemediationWorld = {
		...aws,
		cloudReader,
		cloudWriter,
		metrics,
		bootMetrics: true,
		addInstance: ({ tags, ...rest } = {}) => {
			return region.addInstance({ ...rest, tags: { ...MANAGED, ...tags } }).instanceId;
		},
		plan: (remediation, parameters) =>
			makePlan(remediation, parameters, { verification: undefined, guards: [] }, cloudReader),
		hash: (plan) => planHashOf(plan, 0),
		execute: (remediation, plan, id = "X-1") => remediation.execute(plan, cloudWriter, run(id)),
		reconcile: (remediation, plan, afterSeconds, id = "X-1") =>
			remediation.reconcile(
				plan,
				{ reader: cloudReader, metrics, nowMs: intendedAtMs + afterSeconds * 1000 },
				run(id),
			),
		outcome: async (remediation, plan, id) => {
			const until = Date.now() + 10_000;
			for (;;) {
				const found = await world.reconcile(remediation, plan, 5, id);
				if (found.kind !== "under_way" || Date.now() > until) return found;
				await new Promise((done) => setTimeout(done, 2));
			}
		},
		effects: () =>
			aws.fake.effects
				.filter(({ comment }) => comment !== "SmartCloudOps report")
				.map(({ operation, targets }) => `${operation} ${targets.join(" ")}`),
	};
	for (const [name, file] of [
		["SmartCloudOps-RestartService", "restart-service"],
		["SmartCloudOps-CleanDisk", "clean-disk"],
		["SmartCloudOps-CleanDiskReport", "clean-disk-report"],
	] as const)
		region.addDocument(name, shippedDocument(file));
	return world;
}
