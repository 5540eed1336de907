import type { SharedChartStore } from "../../ports/chat-stores.ts";
import { cleanText } from "./clean-text.ts";
import type { Database } from "./open-database.ts";
import { toJson } from "./to-json.ts";

/** Charts that platforms fetch, in Postgres, under ids that can't be guessed. Earlier ones stay until pruned. */
export function createSharedChartStore(db: Database): SharedChartStore {
	return {
		keep: async (subject, chart, surface) => {
			const { id } = await db
				.insertInto("shared_charts")
				.values({ subject: cleanText(subject), chart: toJson(chart), surface })
				.returning("id")
				.executeTakeFirstOrThrow();
			return id;
		},
		get: async (id) =>
			db
				.selectFrom("shared_charts")
				.select(["chart", "surface"])
				.where("id", "=", cleanText(id))
				.executeTakeFirst(),
		newestOf: async (subject) => {
			const row = await db
				.selectFrom("shared_charts")
				.select("id")
				.where("subject", "=", cleanText(subject))
				.orderBy("number", "desc")
				.limit(1)
				.executeTakeFirst();
			return row?.id;
		},
	};
}
