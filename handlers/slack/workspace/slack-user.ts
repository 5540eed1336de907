/** A person as an event of Slack's names them. `team` is the workspace they belong to, `name` their own choice. */
export type SlackUser = { readonly id: string; readonly team: string; readonly name?: string };

/** A place in Slack: a channel, and the thread in it where there is one. */
export type SlackPlace = { readonly channel: string; readonly threadTs?: string };
