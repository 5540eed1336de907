import { useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "../api/query-keys.ts";
import { useDoctor, useStatus } from "../api/use-readings.ts";
import { Icon } from "../components/icon.tsx";
import { PageHead } from "../components/page-head.tsx";
import { Trouble } from "../components/trouble.tsx";
import { announce } from "../lib/announce.ts";
import { formatScaled, scaleFor } from "../lib/format-quantity.ts";
import { formatClockWithSeconds } from "../lib/format-time.ts";
import { doctorSentence, problemsBeside } from "../lib/order-findings.ts";
import { useSlow } from "../lib/use-slow.ts";
import { CheckAgain } from "./doctor/check-again.tsx";
import { NotConnected } from "./doctor/not-connected.tsx";
import { ToFix } from "./doctor/to-fix.tsx";
import { Works } from "./doctor/works.tsx";

const SHOWN_AFTER_MS = 300;

/** What is broken, what to do about it, and what else could be connected. */
export function DoctorPage() {
	const doctor = useDoctor();
	const status = useStatus();
	const queries = useQueryClient();
	const { data, error, isFetching, dataUpdatedAt } = doctor;
	const slow = useSlow(isFetching, SHOWN_AFTER_MS);
	if (!data && error) return <Trouble error={error} />;
	if (!data && isFetching && !slow) return null;
	const findings = data?.items ?? [];
	const problems = status.data?.problems ?? [];
	const beside = problemsBeside(problems, findings);
	const hasOff = findings.some(({ verdict }) => verdict === "off");
	const check = async () => {
		const again = await doctor.refetch({ cancelRefetch: false });
		if (again.data && !again.error)
			announce(doctorSentence(again.data.items, problemsBeside(problems, again.data.items).length));
	};
	return (
		<>
			<PageHead lead={<Lead checkedAtMs={data && dataUpdatedAt} took={data?.tookMs} />}>
				{data
					? doctorSentence(findings, beside.length)
					: isFetching
						? "Checking everything."
						: "Not checked yet."}
			</PageHead>
			<CheckAgain
				checking={isFetching && slow}
				onCheck={() => void check()}
				onStop={() => void queries.cancelQueries({ queryKey: queryKeys.doctor })}
			/>
			{data && error && (
				<p className="note gap-above" role="alert">
					<Icon name="warn" className="medium" />
					<span>
						Not checked again. {error.message} This is the list from {formatClockWithSeconds(dataUpdatedAt)}.
					</span>
				</p>
			)}
			<div className={hasOff ? "columns" : "gap-above"}>
				<div className="stack">
					{data && <ToFix findings={findings} beside={beside} />}
					<Works findings={findings} />
				</div>
				<NotConnected findings={findings} />
			</div>
		</>
	);
}

type LeadProps = { readonly checkedAtMs: number | undefined; readonly took: number | undefined };

function Lead({ checkedAtMs, took = 0 }: LeadProps) {
	const seconds = took / 1000;
	const scale = scaleFor("seconds", seconds);
	return (
		<>
			{checkedAtMs !== undefined && (
				<>
					Checked {formatClockWithSeconds(checkedAtMs)}, in {formatScaled(seconds, scale)} {scale.symbol}.{" "}
				</>
			)}
			The same list is <code>npm run doctor</code> on the command line.
		</>
	);
}
