import type { Life } from "../evidence.ts";

const INTENTS = ["execution.intended", "rollback.intended"];

/** I4: before each effect there is a record that announces it; and what a request went through is in the audit. */
export function auditedBefore({ effects, requests }: Life): readonly string[] {
	const intents = requests
		.flatMap(({ audit }) => audit.filter(({ action }) => INTENTS.includes(action)))
		.map(({ atMs }) => atMs)
		.toSorted((a, b) => a - b);
	const unannounced = effects
		.toSorted((a, b) => a.atMs - b.atMs)
		.filter(({ atMs }, index) => (intents[index] ?? Number.POSITIVE_INFINITY) > atMs)
		.map(({ operation }) => `${operation} happened without a record before it`);
	const silent = requests
		.filter(({ execution, audit }) => execution && !audit.some(({ action }) => action === INTENTS[0]))
		.map(({ id }) => `${id} began and the audit does not know`);
	const unborn = requests
		.filter(({ audit }) => audit[0]?.action !== "approval.proposed")
		.map(({ id }) => `${id} is in the audit from ${audit0(requests, id)} on, not from its proposal`);
	return [...unannounced, ...silent, ...unborn];
}

function audit0(requests: Life["requests"], id: string): string {
	return requests.find((request) => request.id === id)?.audit[0]?.action ?? "nowhere";
}
