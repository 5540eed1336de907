import { useState } from "react";
import { useMoves } from "./navigation.ts";

/** The first id given since the last move between pages: what is looked at stays although its place in a list ends. */
export function useKept(id: string | undefined): string | undefined {
	const moves = useMoves();
	const [kept, setKept] = useState<{ readonly id: string; readonly moves: number }>();
	if (kept?.moves === moves) return kept.id;
	if (id !== undefined) setKept({ id, moves });
	return id;
}
