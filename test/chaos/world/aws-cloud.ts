import { startFakeAws } from "../../fakes/aws/start-fake-aws.ts";
import type { Trial } from "../trial.ts";
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
export async function openAwsCloud(): Promise<Cloud> {
	const aws = await startFakeAws({ keys: [KEY], transitionMs: TRANSITION_MS, callBound: 500 });
	const region = aws.world.region(REGION);
	/** Instance id or group name, by the target's name. */
	const made = new Map<string, string>();
	const firstBoots = new Map<string, number>();
	const effectsOn = (target: string) =>
		aws.effects.filter(({ targets }) => targets.includes(made.get(target) ?? ""));
	const boots = (): readonly Boot[] =>
		[...firstBoots].flatMap(([target, atMs]) => [
			{ instanceId: made.get(target) ?? "", atMs },
			...effectsOn(target).map((effect) => ({
				instanceId: made.get(target) ?? "",
				atMs: effect.atMs + TRANSITION_MS,
			})),
		]);
	const metrics = await startMetrics({
		boots,
		changes: (target) => effectsOn(target).map(({ atMs }) => atMs + SHOWS_AFTER_MS),
	});
	const tagsOf = ({ environment }: Trial) => ({ Environment: environment, smartcloudops: "managed" });
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
			aws: { regions: [REGION], account: ACCOUNT },
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
			if (trial.change === "reboot") {
				const instance = region.addInstance({ tags: { Name: target, ...tagsOf(trial) } });
				made.set(target, instance.instanceId);
				firstBoots.set(target, instance.bootedAtMs);
			} else {
				region.addGroup({
					name: target,
					minSize: 1,
					maxSize: 6,
					desired: 2,
					cooldownSeconds: 0,
					tags: tagsOf(trial),
				});
				made.set(target, target);
			}
			return target;
		},
		request: (trial) =>
			trial.change === "reboot"
				? `propose reboot-instance instance=${nameOf(trial)}`
				: `propose scale-group group=${nameOf(trial)} desired=3`,
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
	return `${turnsBad ? "bad" : "web"}-${change === "reboot" ? "i" : "g"}${number}`;
}
