import { ourDocument } from "../../../src/adapters/aws/common/our-documents.ts";
import type { RegionWorld } from "../../fakes/aws/region-world.ts";
import { startFakeAws } from "../../fakes/aws/start-fake-aws.ts";
import type { Change, Trial } from "../trial.ts";
import type { Cloud } from "./cloud.ts";
import { type Boot, startMetrics } from "./metrics.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
const KEY = {
	accessKeyId: "AKIAIOSFODNN7EXAMPLE",
	secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
	account: ACCOUNT,
	allow: ["*"],
};

/** How long an instance takes to boot, and a group to change. */
const TRANSITION_MS = 200;
/** How long after a change its metrics show it. */
const SHOWS_AFTER_MS = 3_000;

/** The fake AWS with metrics beside it: each life has an instance or a group of its own. */
export async function openAwsCloud(slots: number): Promise<Cloud> {
	const aws = await startFakeAws({ keys: [KEY], transitionMs: TRANSITION_MS, callBound: 500 });
	const region = aws.world.region(REGION);
	region.addDocument(
		"SmartCloudOps-RestartService",
		JSON.stringify(ourDocument("SmartCloudOps-RestartService")?.content),
	);
	/** Instance id or group name, by the target's name. */
	const made = new Map<string, string>();
	const firstBoots = new Map<string, number>();
	const effectsOn = (target: string) =>
		aws.effects.filter(({ targets }) => targets.includes(made.get(target) ?? ""));
	const boots = (): readonly Boot[] =>
		[...firstBoots].flatMap(([target, atMs]) => [
			{ instanceId: made.get(target) ?? "", atMs },
			...effectsOn(target)
				.filter(({ operation }) => operation === "RebootInstances")
				.map((effect) => ({ instanceId: made.get(target) ?? "", atMs: effect.atMs + TRANSITION_MS })),
		]);
	const metrics = await startMetrics({
		boots,
		changes: (target) => effectsOn(target).map(({ atMs }) => atMs + SHOWS_AFTER_MS),
	});
	return {
		aws,
		environment: {
			AWS_ENDPOINT_URL: aws.url,
			AWS_ACCESS_KEY_ID: KEY.accessKeyId,
			AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey,
			AWS_REGION: REGION,
			PROMETHEUS_URL: metrics.url,
		},
		configuration: {
			aws: {
				regions: [REGION],
				account: ACCOUNT,
				services: Array.from({ length: slots }, (_, slot) => ({
					name: serviceOf(slot),
					region: REGION,
					tag: { key: "Service", value: serviceOf(slot) },
					unit: "shop.service",
				})),
			},
			guards: [
				{
					name: "errors",
					match: { target: "bad-*" },
					metric: "error rate",
					query: 'errors{target="$target"}',
					maximum: 1,
					for_seconds: 1,
				},
			],
		},
		prepare: (trial) => {
			const target = nameOf(trial);
			if (made.has(target)) return target;
			made.set(target, MAKERS[trial.change](region, trial));
			const instance = region.instances().find(({ instanceId }) => instanceId === made.get(target));
			if (instance) firstBoots.set(target, instance.bootedAtMs);
			return target;
		},
		request: (trial) => REQUESTS[trial.change](trial),
		effects: (target) =>
			effectsOn(target).map(({ atMs, operation, detail }) => ({
				atMs,
				operation,
				detail: JSON.stringify(detail),
			})),
		clear: () => {
			made.clear();
			firstBoots.clear();
		},
		close: async () => {
			await aws.stop();
			await metrics.close();
		},
	};
}

function nameOf({ number, turnsBad, change }: Trial): string {
	return `${turnsBad ? "bad" : "web"}-${change}-${number}`;
}

function serviceOf(slot: number): string {
	return `shop${slot}`;
}

function tagsOf({ environment }: Trial): Record<string, string> {
	return { Environment: environment, smartcloudops: "managed" };
}

/** Makes the target of each change; gives how AWS names it. */
const MAKERS: Readonly<Record<Change, (region: RegionWorld, trial: Trial) => string>> = {
	reboot: (region, trial) =>
		region.addInstance({ tags: { Name: nameOf(trial), ...tagsOf(trial) } }).instanceId,
	scale: (region, trial) =>
		region.addGroup({
			name: nameOf(trial),
			maxSize: 6,
			desired: 2,
			cooldownSeconds: 0,
			tags: tagsOf(trial),
		}).name,
	restart: (region, trial) => {
		const Service = serviceOf(trial.slot);
		// An earlier life's instance runs the service no more.
		for (const { tags } of region.instances()) if (tags.Service === Service) delete tags.Service;
		return region.addInstance({ tags: { Name: nameOf(trial), Service, ...tagsOf(trial) } }).instanceId;
	},
};

const REQUESTS: Readonly<Record<Change, (trial: Trial) => ReturnType<Cloud["request"]>>> = {
	reboot: (trial) => ({ kind: "command", text: `propose reboot-instance instance=${nameOf(trial)}` }),
	scale: (trial) => ({ kind: "command", text: `propose scale-group group=${nameOf(trial)} desired=3` }),
	restart: ({ slot }) => ({ kind: "words", text: `restart ${serviceOf(slot)}` }),
};
