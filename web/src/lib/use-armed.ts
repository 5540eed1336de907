import { useEffect, useState } from "react";
import type { Verdict } from "./decision-keys.ts";

const ARMED_MS = 5000;

/** A verdict that was asked for by key once: the second press within five seconds counts. */
export function useArmed(): readonly [Verdict | undefined, (verdict: Verdict | undefined) => void] {
	const [armed, setArmed] = useState<Verdict>();
	useEffect(() => {
		if (!armed) return;
		const timer = window.setTimeout(() => setArmed(undefined), ARMED_MS);
		return () => window.clearTimeout(timer);
	}, [armed]);
	return [armed, setArmed];
}
