import type { WebClient } from "@slack/web-api";
import type { Actor } from "../../../src/domain/actor.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import type { PeopleStore } from "../../../src/ports/people-store.ts";
import { accountName, accountStanding, homeTeam, SlackAccount } from "./account-standing.ts";
import type { SlackUser } from "./slack-user.ts";
import { timedCache } from "./timed-cache.ts";

export type SlackPeopleDeps = {
	readonly client: WebClient;
	readonly people: Pick<PeopleStore, "byIdentity" | "meet">;
	readonly clock: Clock;
	readonly logger: Logger;
};

/** Somebody who did something in Slack. */
export type Acquaintance = {
	readonly actor: Actor;
	/** Their IANA zone, where Slack knows it. */
	readonly timeZone?: string;
	/** Why this account may not decide, in a sentence. */
	readonly barred?: string;
};

/** The people of a workspace as the product knows them. */
export type SlackPeople = {
	/** Who a user is here; unknown ones become guests. `ownTeam` is our workspace. AppErrors are those of the store. */
	meet(user: SlackUser, ownTeam: string): Promise<Acquaintance>;
};

const ACCOUNT_HOLDS_MS = 60_000;
const MAXIMUM_ACCOUNTS = 2000;

/**
 * Knows people by workspace and user id, never by name. What Slack says of an account holds for a minute; while Slack
 * does not answer, people can ask but not decide.
 */
export function slackPeople({ client, people, clock, logger }: SlackPeopleDeps): SlackPeople {
	const accounts = timedCache<SlackAccount>({
		clock,
		ttlMs: ACCOUNT_HOLDS_MS,
		maximumEntries: MAXIMUM_ACCOUNTS,
	});
	const accountOf = async (id: string): Promise<SlackAccount | undefined> => {
		try {
			return await accounts.get(id, async () => {
				const { user } = await client.users.info({ user: id });
				return SlackAccount.parse(user);
			});
		} catch (error) {
			logger.warn("A Slack account could not be read; it can't decide until it is.", { user: id, error });
			return undefined;
		}
	};
	return {
		async meet(user, ownTeam) {
			const account = await accountOf(user.id);
			const via = {
				platform: "slack",
				tenant: homeTeam(account, user.team, ownTeam),
				userId: user.id,
			};
			const name = (account && accountName(account)) ?? (await people.byIdentity(via))?.name ?? user.name;
			const person = await people.meet(via, name ?? user.id);
			const barred = accountStanding(account, user.team, ownTeam);
			return {
				actor: { kind: "person", person, via },
				...(account?.tz === undefined ? {} : { timeZone: account.tz }),
				...(barred === undefined ? {} : { barred }),
			};
		},
	};
}
