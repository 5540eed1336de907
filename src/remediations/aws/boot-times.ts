import { AppError } from "../../domain/errors.ts";
import type { MetricsSource } from "../../ports/metrics-source.ts";
import type { Reconciliation, Run } from "../define-remediation.ts";
import { counted, listText } from "./words.ts";

/** EC2 forces a reboot that an instance resists after some minutes; one that has not booted by then will not. */
const FORCED_WITHIN_MS = 360_000;
/** Boot times are computed by the instance and wander by a second. */
const SAME_BOOT_SECONDS = 5;

/** The boot time of one instance in Unix seconds: as it was at the intent, and as it is now. */
export type BootTimes = {
	readonly id: string;
	readonly before: number | undefined;
	readonly now: number | undefined;
};

/** Reads both by the configured query; what it does not show is undefined. */
async function readBootTimes(
	metrics: MetricsSource,
	bootTime: { readonly query: string; readonly label: string },
	ids: readonly string[],
	{ intendedAtMs, nowMs }: { readonly intendedAtMs: number; readonly nowMs: number },
): Promise<readonly BootTimes[]> {
	const at = async (atMs: number) => {
		const newest = new Map<string, number>();
		for (const { labels, v } of await metrics.instant(bootTime.query, atMs)) {
			const id = labels[bootTime.label];
			if (id !== undefined && Number.isFinite(v)) newest.set(id, Math.max(v, newest.get(id) ?? v));
		}
		return newest;
	};
	const [before, now] = [await at(intendedAtMs), await at(nowMs)];
	return ids.map((id) => ({ id, before: before.get(id), now: now.get(id) }));
}

/**
 * What boot times say about a reboot that was intended at `intendedAtMs`. A boot time is compared with the one known at
 * the intent, so that a wrong clock of an instance shows nothing that is not so. Pure.
 */
export function judgeBoots(
	boots: readonly BootTimes[],
	{ intendedAtMs, nowMs }: Pick<Run, "intendedAtMs"> & { readonly nowMs: number },
): Reconciliation {
	const states = boots.map((boot) => ({ id: boot.id, state: bootState(boot, intendedAtMs) }));
	const idsOf = (state: "booted" | "same" | "unclear") =>
		states.filter((one) => one.state === state).map(({ id }) => id);
	const booted = idsOf("booted");
	const all = counted(boots.length, "instance");
	if (booted.length === boots.length)
		return { kind: "done", text: `Rebooted ${all}: booted again, as read afterwards` };
	if (booted.length > 0) {
		const rest = listText([...idsOf("same"), ...idsOf("unclear")]);
		return nowMs - intendedAtMs > FORCED_WITHIN_MS
			? { kind: "failed", text: `${booted.length} of ${all} booted again; not seen to: ${rest}` }
			: { kind: "under_way", text: `${booted.length} of ${all} booted again so far` };
	}
	const unclear = idsOf("unclear");
	if (unclear.length > 0)
		return { kind: "not_known", text: `no metric shows when ${listText(unclear)} last booted` };
	if (nowMs - intendedAtMs <= FORCED_WITHIN_MS)
		return { kind: "not_known", text: "no instance has booted again so far" };
	return {
		kind: "never_sent",
		text: `The order to reboot never left: ${listText(idsOf("same"))} last booted before it and answered since`,
	};
}

function bootState({ before, now }: BootTimes, intendedAtMs: number): "booted" | "same" | "unclear" {
	if (now === undefined) return "unclear";
	const afterIntent = now * 1000 > intendedAtMs;
	if (before === undefined) return afterIntent ? "booted" : "same";
	if (now > before + SAME_BOOT_SECONDS) return "booted";
	return afterIntent ? "unclear" : "same";
}

/** The boot times of one world, judged. */
export async function reconcileByBoot(
	metrics: MetricsSource,
	bootTime: { readonly query: string; readonly label: string },
	ids: readonly string[],
	when: { readonly intendedAtMs: number; readonly nowMs: number },
): Promise<Reconciliation> {
	if (ids.length === 0) throw new AppError("invalid", "The plan names no instances.");
	return judgeBoots(await readBootTimes(metrics, bootTime, ids, when), when);
}
