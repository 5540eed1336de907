import type { KeptForest } from "../isolation-forest-18/forest-keeper.ts";
import { type PackedKind, packArrays, unpackArrays } from "../packed-arrays.ts";
import { areNames, isSoundTarget, newTarget, partsOf, type Target } from "./target.ts";

const KIND: PackedKind = { content: 4, version: 3 };

/** These targets and the forest that judges them, as bytes with a header and a check sum. */
export function saveTargets(targets: readonly Target[], forest: KeptForest | undefined): Uint8Array {
	const names = new TextEncoder().encode(JSON.stringify(targets.map((target) => target.names)));
	const doubles = targets.flatMap((target) => partsOf(target).doubles);
	const floats = targets.flatMap((target) => partsOf(target).floats);
	return packArrays(KIND, [
		names,
		joined(doubles, new Float64Array(lengthOf(doubles))),
		joined(floats, new Float32Array(lengthOf(floats))),
		forest?.forest ?? new Uint8Array(),
		forest?.scores ?? new Float64Array(),
	]);
}

/** What `saveTargets` wrote; undefined for bytes that are damaged, of another version or something else. */
export function loadTargets(
	bytes: Uint8Array,
): (KeptForest & { readonly targets: readonly Target[] }) | undefined {
	const [text, doubles, floats, forest, scores] = unpackArrays(KIND, bytes) ?? [];
	if (!(text instanceof Uint8Array && doubles instanceof Float64Array && floats instanceof Float32Array))
		return undefined;
	if (!(forest instanceof Uint8Array && scores instanceof Float64Array)) return undefined;
	const names = readNames(text);
	if (names === undefined || !scores.every((score) => score >= 0 && score <= 1)) return undefined;
	const targets = names.map(newTarget);
	let double = 0;
	let float = 0;
	for (const target of targets) {
		const parts = partsOf(target);
		for (const part of parts.doubles) {
			part.set(doubles.subarray(double, double + part.length));
			double += part.length;
		}
		for (const part of parts.floats) {
			part.set(floats.subarray(float, float + part.length));
			float += part.length;
		}
	}
	if (double !== doubles.length || float !== floats.length) return undefined;
	return targets.every(isSoundTarget) ? { targets, forest, scores } : undefined;
}

function lengthOf(parts: readonly { readonly length: number }[]): number {
	return parts.reduce((sum, part) => sum + part.length, 0);
}

function joined<A extends Float64Array | Float32Array>(parts: readonly A[], out: A): A {
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}

function readNames(text: Uint8Array): readonly (readonly string[])[] | undefined {
	try {
		const names: unknown = JSON.parse(new TextDecoder().decode(text));
		return Array.isArray(names) && names.every(areNames) ? names : undefined;
	} catch {
		return undefined;
	}
}
