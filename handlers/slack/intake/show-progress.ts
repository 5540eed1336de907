import type { WebClient } from "@slack/web-api";

const SHOWN_AFTER_MS = 1000;

/** Has `show` called when `work` takes over a second; whether that worked makes no difference. */
export async function showProgress<Result>(
	show: () => Promise<unknown>,
	work: () => Promise<Result>,
): Promise<Result> {
	const timer = setTimeout(() => void show().catch(() => undefined), SHOWN_AFTER_MS);
	try {
		return await work();
	} finally {
		clearTimeout(timer);
	}
}

/** Shows below a thread that an answer is being made; Slack takes it away when the answer comes. */
export function threadStatus(client: WebClient, channel: string, threadTs: string): () => Promise<unknown> {
	return () =>
		client.assistant.threads.setStatus({
			channel_id: channel,
			thread_ts: threadTs,
			status: "is reading the numbers",
		});
}
