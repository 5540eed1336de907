import type { ChatEvent } from "../../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { AppError, toAppError } from "../../../src/domain/errors.ts";
import type { ChatIntake } from "../../../src/ports/chat-intake.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Inbox } from "../../../src/ports/inbox.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import { formProblem } from "../forms/form-problem.ts";
import { takeForm } from "../forms/take-form.ts";
import type { SlackDeps } from "../slack-deps.ts";
import { slackChannels } from "../workspace/slack-channels.ts";
import type { SlackClient } from "../workspace/slack-client.ts";
import { slackPeople } from "../workspace/slack-people.ts";
import type { SlackWorkspace } from "../workspace/slack-workspace.ts";
import { timedCache } from "../workspace/timed-cache.ts";
import { boltApp, type OwnAccount, type SlackListeners } from "./bolt-app.ts";
import { eventsEndpoint } from "./events-endpoint.ts";
import { hearMessage } from "./hear-message.ts";
import { noteChannel } from "./note-channel.ts";
import { pressButton } from "./press-button.ts";
import { tidy } from "./read-body.ts";
import { runSlashCommand } from "./run-slash-command.ts";
import { socketMode } from "./socket-mode.ts";
import { takeIn } from "./take-in.ts";

export type SlackIntakeOptions = {
	/** Slack posts to us and signs with this; left out where a socket is used. */
	readonly signingSecret?: string;
	/** Opens a socket on which Slack delivers; used where there is no signing secret. */
	readonly appToken?: string;
	readonly client: SlackClient;
	readonly workspace: Pick<SlackWorkspace, "identity">;
	readonly store: SlackDeps["store"];
	readonly inbox: Pick<Inbox, "accept">;
	readonly clock: Clock;
	readonly logger: Logger;
	/** What the product does with an event, and what it says to it. AppErrors are told to the person. */
	readonly route: (event: ChatEvent) => Promise<readonly ChatMessage[]>;
	/** An incident with its queries and checks; undefined where there is none of that id. */
	readonly incidentMessage: (id: string) => Promise<ChatMessage | undefined>;
	/** Where the console is, for links; without it there are none. */
	readonly consoleUrl?: string;
	/** IANA zone in which times are written that Slack does not show in the reader's own. */
	readonly timeZone: string;
	/** Origins beside https://hooks.slack.com that answers may be posted to, such as http://127.0.0.1:4003. */
	readonly allowedResponseOrigins: readonly string[];
};

/**
 * The incoming side of Slack: events, commands, presses and forms, over HTTP where there is a signing secret, else over
 * a socket. Each is verified and committed, then acknowledged, then worked on by Bolt's listeners.
 */
export function slackIntake(options: SlackIntakeOptions): ChatIntake {
	const { signingSecret, appToken, client, workspace, store, inbox, clock, logger } = options;
	const deps: SlackDeps = {
		...options,
		people: slackPeople({ client, people: store.people, clock, logger }),
		channels: slackChannels({ client, clock }),
		toldToWait: timedCache({ clock, ttlMs: 600_000, maximumEntries: 1000 }),
	};
	const listeners: SlackListeners = {
		onCommand: (work) => runSlashCommand(deps, work),
		onMessage: (work) => hearMessage(deps, work),
		onPress: (work) => pressButton(deps, work),
		onForm: (work) => takeForm(deps, work),
		onChannelNews: (work) => noteChannel(deps, work),
	};
	let app: ReturnType<typeof boltApp> | undefined;
	const opened = () => {
		app ??= boltApp({ self: () => ownAccount(workspace), logger, listeners });
		return app;
	};
	const problemIn = (body: unknown) => formProblem(store.approvals, body);
	const socket =
		signingSecret === undefined && appToken !== undefined
			? socketMode({
					appToken,
					apiUrl: client.slackApiUrl,
					logger,
					receive: async (payload) => {
						const body = tidy(payload);
						const problem = await problemIn(body);
						if (problem === undefined) await takeIn(inbox, body);
						return problem;
					},
				})
			: undefined;
	return {
		platform: "slack",
		endpoints:
			signingSecret === undefined
				? []
				: [eventsEndpoint({ signingSecret, inbox, clock, formProblem: problemIn })],
		work: async (payload, entryId) => {
			const { process } = await opened();
			await process(tidy(payload), entryId);
		},
		start: async () => {
			await opened();
			await socket?.start();
		},
		stop: async () => socket?.stop(),
	};
}

/** Whatever keeps Slack from saying who we are may be mended, so the delivery is worked on again. */
async function ownAccount(workspace: SlackIntakeOptions["workspace"]): Promise<OwnAccount> {
	try {
		return await workspace.identity();
	} catch (thrown) {
		const { message, retryAfterSeconds } = toAppError(thrown);
		throw new AppError("unavailable", message, {
			cause: thrown,
			...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
		});
	}
}
