import type { DoctorView } from "../../../web/src/api/types.generated.ts";

type Findings = DoctorView["items"];

const WORKING: Findings = [
	{ area: "config", name: "file", verdict: "ok", text: "smartcloudops.yaml is read." },
	{ area: "store", name: "database", verdict: "ok", text: "It answers." },
	{ area: "store", name: "audit", verdict: "ok", text: "The chain of 412 records is whole." },
	{ area: "metrics", name: "Prometheus", verdict: "ok", text: "It answers." },
	{ area: "slack", name: "token", verdict: "ok", text: "Slack knows us in Example (T01)." },
	{ area: "time", name: "clock", verdict: "ok", text: "This clock and the database's agree." },
];

const OFF: Findings = [
	{
		area: "teams",
		name: "settings",
		verdict: "off",
		text: "Teams is not connected.",
		remedy: "To connect it, follow docs/teams.md.",
	},
	{
		area: "cloud",
		name: "services",
		verdict: "off",
		text: "No service is known, so nothing can be restarted.",
	},
];

/** Everything that is connected works. */
export function workingFindings(): Findings {
	return [...WORKING, ...OFF];
}

/** Two things are broken and one needs a look, in the order of the checks. */
export function brokenFindings(): Findings {
	return [
		...WORKING.slice(0, 3),
		{
			area: "metrics",
			name: "watch checkout errors",
			verdict: "warn",
			text: "Its query gives no series.",
			remedy: "Try its query in the Prometheus console, then correct it in smartcloudops.yaml.",
		},
		...WORKING.slice(3),
		{
			area: "slack",
			name: "deliveries",
			verdict: "warn",
			text: "Slack has not delivered anything yet.",
			remedy: "Check SLACK_SIGNING_SECRET and the request URL of the app.",
		},
		{
			area: "slack",
			name: "channel ops-night",
			verdict: "fail",
			text: "We are not in #ops-night (C042), so nothing is posted there.",
			remedy: "Type /invite with the app's name in #ops-night.",
		},
		...OFF,
		{
			area: "disk",
			name: "data folder",
			verdict: "fail",
			text: "120 MB are free.",
			remedy: "Free some space, or set DATA_DIR to a larger disk.",
		},
	];
}
