import { z } from "zod";

/** A page of a list: its items, and where the next page begins if there is one. */
export const page = <T extends z.ZodType>(item: T) =>
	z.object({ items: z.array(item), next: z.string().optional() });
