import { createHash, type Hash } from "node:crypto";
import type { Scores } from "./candidate.ts";

/** Collects scores in the order they are added; the digest tells whether two runs said the same, bit by bit. */
export type ScoreHash = { add(name: string, scores: Scores): void; digest(): string };

/** A new, empty hash: SHA-256 over names and scores, the first 16 digits of it. */
export function scoreHash(): ScoreHash {
	const hash: Hash = createHash("sha256");
	return {
		add(name, scores) {
			hash.update(name);
			hash.update(new Uint8Array(scores.buffer, scores.byteOffset, scores.byteLength));
		},
		digest: () => hash.copy().digest("hex").slice(0, 16),
	};
}
