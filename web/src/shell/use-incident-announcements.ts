import { useEffect, useRef } from "react";
import { useNowView } from "../api/use-readings.ts";
import { announce } from "../lib/announce.ts";

/** Says when the incident that needs somebody most changes its state; a critical one is said at once. */
export function useIncidentAnnouncements(): void {
	const incident = useNowView().data?.incident;
	const said = useRef<string>(undefined);
	const state = incident && `${incident.title}. ${incident.state.text}.`;
	const key = incident && `${incident.id}:${incident.state.kind}`;
	const urgent = incident?.severity === "critical";
	useEffect(() => {
		if (!key || !state) return;
		const isFirst = said.current === undefined;
		if (key !== said.current && !isFirst) announce(state, urgent ? "assertive" : "polite");
		said.current = key;
	}, [key, state, urgent]);
}
