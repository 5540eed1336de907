import type { Bank, BankOptions, Judgement } from "../../../models/define-bank.ts";
import { stream } from "../../../models/stream/stream.ts";
import { gaussian } from "../../fakes/noise.ts";

export const OPTIONS: BankOptions = {
	stepSeconds: 60,
	direction: "both",
	minimumChange: 0,
	sensitivity: "normal",
};
export const START_MS = Date.UTC(2026, 0, 5);

/** A bank with one series, and what is said of each value that is pushed a step apart. */
export function open(parts: Partial<BankOptions> = {}) {
	const options = { ...OPTIONS, ...parts };
	const bank: Bank = stream.open(options);
	const slot = bank.add();
	let next = 0;
	const push = (value: number): Judgement => {
		bank.push(slot, value, START_MS + next * options.stepSeconds * 1000);
		next += 1;
		return bank.judgement(slot);
	};
	const pushAll = (values: readonly number[]): Judgement[] => values.map(push);
	return { bank, slot, push, pushAll };
}

/** Normal noise around 100 with deviation 1. */
export function noise(count: number, seed = 1): number[] {
	const next = gaussian(seed);
	return Array.from({ length: count }, () => 100 + next());
}

/** Days of hourly seasons around 100 with an amplitude of 30 and noise of 1, a value every `stepSeconds`. */
export function days(count: number, stepSeconds: number, seed = 1): number[] {
	const next = gaussian(seed);
	const perDay = 86_400 / stepSeconds;
	return Array.from(
		{ length: Math.round(count * perDay) },
		(_, i) => 100 + 30 * Math.sin((2 * Math.PI * i) / perDay) + next(),
	);
}
