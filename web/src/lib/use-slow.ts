import { useEffect, useState } from "react";

/** Whether something has been going on for longer than `afterMs`. */
export function useSlow(going: boolean, afterMs: number): boolean {
	const [slow, setSlow] = useState(false);
	useEffect(() => {
		if (!going) return;
		const timer = window.setTimeout(() => setSlow(true), afterMs);
		return () => {
			window.clearTimeout(timer);
			setSlow(false);
		};
	}, [going, afterMs]);
	return slow;
}
