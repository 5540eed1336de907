import { z } from "zod";
import { APPROVAL_STATUSES, type ApprovalStatus } from "../../src/domain/approval.ts";
import { isTimeZone } from "../../src/domain/time-zone.ts";

/** What may stand in the address of a request. Unknown keys are refused: a misspelt filter must not mean "all". */
const printable = (longest: number) =>
	z
		.string()
		.max(longest)
		.regex(/^[\x20-\x7e]*$/, "use printable ASCII characters");

const paging = {
	limit: z.coerce.number().int().min(1).max(200).default(50),
	cursor: printable(500).optional(),
};

const STATUSES = new Set<string>(APPROVAL_STATUSES);

/** One or several states, separated by commas. */
const approvalStatuses = z
	.string()
	.max(300)
	.refine((text) => text.split(",").every((status) => STATUSES.has(status)), {
		message: `use one or more of ${APPROVAL_STATUSES.join(", ")}`,
	})
	.transform((text) => text.split(",") as ApprovalStatus[]);

/** An IANA time zone. */
export const TimeZone = z
	.string()
	.max(60)
	.refine((zone) => isTimeZone(zone), { message: "name a time zone such as Europe/Berlin" });

const look = {
	theme: z.enum(["light", "dark"]).default("dark"),
	width: z.coerce.number().int().min(240).max(1600).default(720),
	height: z.coerce.number().int().min(120).max(900).default(300),
	timeZone: TimeZone.optional(),
};
const windowMinutes = z.coerce.number().int().min(5).max(10_080).default(60);

export const NoQuery = z.strictObject({});
export const PageQuery = z.strictObject(paging);
export const IncidentQuery = z.strictObject({ ...paging, status: z.enum(["open", "resolved"]).optional() });
export const AnomalyQuery = z.strictObject({ ...paging, status: z.enum(["open", "closed"]).optional() });
export const ApprovalQuery = z.strictObject({ ...paging, status: approvalStatuses.optional() });
export const AuditQuery = z.strictObject({ ...paging, subject: printable(200).optional() });
export const ChartQuery = z.strictObject({ windowMinutes });
export const ChartSvgQuery = z.strictObject({ windowMinutes, ...look });
export const MessageChartQuery = z.strictObject(look);

/** Ids are letters, digits, `-` and `_`; anything else names nothing. */
export const IdParams = z.object({ id: z.string().regex(/^[\w-]{1,100}$/) });
