import type { JsonObject } from "./json-object.ts";

/** How a call goes wrong. `lost-reply`: it is done, but its caller never hears of it. */
export type Fault =
	| { readonly kind: "limited"; readonly retryAfterSeconds: number }
	| { readonly kind: "status"; readonly status: number }
	| { readonly kind: "error"; readonly error: string; readonly extra?: JsonObject }
	| { readonly kind: "hang" }
	| { readonly kind: "lost-reply" }
	| { readonly kind: "slow"; readonly ms: number }
	| { readonly kind: "not-json" };

export type Faults = {
	/** The next calls of a method (`*`: of any; `upload`: of file contents) go wrong; Infinity: until `clear`. */
	fail(method: string, fault: Fault, times?: number): void;
	clear(): void;
	take(method: string): Fault | undefined;
};

/** Faults that wait for their call, in the order in which they were planted. */
export function plantedFaults(): Faults {
	let waiting: { readonly method: string; readonly fault: Fault; left: number }[] = [];
	return {
		fail: (method, fault, times = 1) => void waiting.push({ method, fault, left: times }),
		clear: () => {
			waiting = [];
		},
		take: (method) => {
			const found = waiting.find((one) => one.method === method || one.method === "*");
			if (found) found.left -= 1;
			waiting = waiting.filter((one) => one.left > 0);
			return found?.fault;
		},
	};
}
