import { type Hang, hangs } from "./hangs.ts";

/**
 * What goes wrong with a call. `before` and `after` refer to the effect: a fault before it leaves the world as it was.
 * - `throttle`: refused as too many requests.
 * - `hang`: no answer until released; when the client gives up first, `before` means that nothing ever happens.
 * - `cut-before`, `cut-after`: the socket is destroyed instead of a reply.
 * - `error`: HTTP 500.
 * - `expired`: the session token has expired.
 * - `partial`: only the first `targets` of several are changed, then HTTP 500.
 * - `slow`: `ms` pass before the effect, which is made even if the client has given up by then.
 */
export type Fault =
	| { readonly kind: "throttle" | "cut-before" | "cut-after" | "expired" }
	| { readonly kind: "hang" | "error"; readonly at: "before" | "after" }
	| { readonly kind: "partial"; readonly targets: number }
	| { readonly kind: "slow"; readonly ms: number };

type FaultKind = Fault["kind"];

/** A verified and permitted call, as faults see it. */
type FaultableCall = {
	readonly service: string;
	readonly operation: string;
	readonly region: string;
	readonly account: string;
	readonly accessKeyId: string;
	readonly dryRun: boolean;
	readonly input: Readonly<Record<string, unknown>>;
};

/** Which calls a fault is played on; what is left out matches everything. */
type FaultMatch = {
	readonly service?: string;
	readonly operation?: string;
	readonly dryRun?: boolean;
	readonly when?: (call: FaultableCall) => boolean;
	/** The first matching call that suffers, counted from 1 (default 1). */
	readonly nth?: number;
	/** How many suffer from then on (default 1). */
	readonly count?: number;
};

type PlantedFault = {
	/** How many calls it was played on. */
	fired(): number;
	remove(): void;
};

/** The share of calls, 0 to 1, that suffers each kind; together at most 1. */
export type FaultRates = Partial<Readonly<Record<FaultKind, number>>>;

export type Faults = {
	add(fault: Fault, match?: FaultMatch): PlantedFault;
	/**
	 * Faults by chance: `random` gives numbers in [0, 1), and the same numbers give the same faults for the same calls.
	 * A `partial` leaves one target, a `slow` takes `slowMs` (default 50).
	 */
	random(random: () => number, rates: FaultRates, match?: FaultMatch & { slowMs?: number }): PlantedFault;
	/** Removes every fault and lets hanging calls go on. */
	clear(): void;
	/** Lets hanging calls go on; says how many there were. */
	release(): number;
	hanging(): number;
};

export type FaultSource = Faults & { readonly hangs: Hang; next(call: FaultableCall): Fault | undefined };

type Planted = {
	readonly match: FaultMatch;
	readonly make: () => Fault | undefined;
	seen: number;
	fired: number;
};

/** The faults of one fake: the first planted one that matches a call is played on it. */
export function faultSource(): FaultSource {
	const planted = new Set<Planted>();
	const waiting = hangs();
	const plant = (match: FaultMatch, make: Planted["make"]): PlantedFault => {
		const entry: Planted = { match, make, seen: 0, fired: 0 };
		planted.add(entry);
		return { fired: () => entry.fired, remove: () => void planted.delete(entry) };
	};
	return {
		hangs: waiting,
		add: (fault, match = {}) => plant(match, () => fault),
		random: (random, rates, match = {}) =>
			plant({ count: Infinity, ...match }, () => drawFault(random, rates, match.slowMs ?? 50)),
		clear() {
			planted.clear();
			waiting.release();
		},
		release: () => waiting.release(),
		hanging: () => waiting.count(),
		next(call) {
			for (const entry of planted) {
				const fault = play(entry, call);
				if (fault) return fault;
			}
			return undefined;
		},
	};
}

function play(entry: Planted, call: FaultableCall): Fault | undefined {
	const { match } = entry;
	if (match.service !== undefined && match.service !== call.service) return undefined;
	if (match.operation !== undefined && match.operation !== call.operation) return undefined;
	if (match.dryRun !== undefined && match.dryRun !== call.dryRun) return undefined;
	if (match.when && !match.when(call)) return undefined;
	entry.seen += 1;
	if (entry.seen < (match.nth ?? 1) || entry.fired >= (match.count ?? 1)) return undefined;
	const fault = entry.make();
	if (fault) entry.fired += 1;
	return fault;
}

/** Draws twice for every call, so that one call's luck doesn't shift the next one's. */
function drawFault(random: () => number, rates: FaultRates, slowMs: number): Fault | undefined {
	let luck = random();
	const at = random() < 0.5 ? "before" : "after";
	for (const [kind, rate] of Object.entries(rates) as [FaultKind, number][]) {
		luck -= rate;
		if (luck >= 0) continue;
		if (kind === "hang" || kind === "error") return { kind, at };
		if (kind === "partial") return { kind, targets: 1 };
		return kind === "slow" ? { kind, ms: slowMs } : { kind };
	}
	return undefined;
}
