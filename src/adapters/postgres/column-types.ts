import type { ColumnType } from "kysely";

/** timestamptz. */
export type Time = ColumnType<Date, Date, Date>;
export type TimeOrNull = ColumnType<Date | null, Date | null, Date | null>;

/** jsonb: written as text that `toJson` made, read as the value. */
export type Json<T> = ColumnType<T, string, string>;
export type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>;
