import { useState } from "react";
import type { FreezeView, MaintenanceView, SessionView } from "../api/types.generated.ts";
import { useFreezeReason } from "../api/use-hold-actions.ts";
import { useHolds } from "../api/use-readings.ts";
import { AskedReason } from "../components/asked-reason.tsx";
import { Icon } from "../components/icon.tsx";
import { hasFreeze } from "../lib/changes-allowed.ts";
import { formatWhen } from "../lib/format-time.ts";
import { useClock } from "../lib/use-clock.ts";

/** On every page while something is frozen or under maintenance: what, by whom, until when, and the way out. */
export function HoldBar({ session }: { readonly session: SessionView }) {
	const holds = useHolds().data;
	const freezes = holds?.freezes ?? [];
	const maintenance = holds?.maintenance ?? [];
	return (
		<div role="status">
			{(freezes.length > 0 || maintenance.length > 0) && (
				<ul className="holds">
					{freezes.map((freeze) => (
						<FrozenRow key={freeze.id} freeze={freeze} role={session.person.role} />
					))}
					{maintenance.map((span) => (
						<MaintenanceRow key={`${span.name}:${span.startsAt}`} span={span} />
					))}
				</ul>
			)}
		</div>
	);
}

type RowProps = { readonly freeze: FreezeView; readonly role: SessionView["person"]["role"] };

function FrozenRow({ freeze, role }: RowProps) {
	const [asking, setAsking] = useState<"reason" | "lift">();
	const close = () => setAsking(undefined);
	return (
		<li>
			<div className="row wrap">
				<Icon name="frozen" />
				<span className="grow">{freeze.text}</span>
				{!asking && hasFreeze(role) && !freeze.reason && (
					<button type="button" className="button compact" onClick={() => setAsking("reason")}>
						Say why
					</button>
				)}
				{!asking && role === "admin" && (
					<button type="button" className="button compact" onClick={() => setAsking("lift")}>
						Lift {freeze.id}
					</button>
				)}
			</div>
			{asking && <WhyFrozen key={asking} freeze={freeze} what={asking} onClose={close} />}
		</li>
	);
}

type WhyProps = {
	readonly freeze: FreezeView;
	readonly what: "reason" | "lift";
	readonly onClose: () => void;
};

function WhyFrozen({ freeze, what, onClose }: WhyProps) {
	const sending = useFreezeReason(freeze.id, what);
	const lifts = what === "lift";
	return (
		<AskedReason
			label={lifts ? `Why ${freeze.covers} can be changed again` : `Why ${freeze.covers} is frozen`}
			action={lifts ? `Lift ${freeze.id}` : "Keep reason"}
			done={lifts ? `${freeze.id} is lifted.` : "Your reason is kept."}
			send={sending.mutateAsync}
			onClose={onClose}
		/>
	);
}

function MaintenanceRow({ span }: { readonly span: MaintenanceView }) {
	const nowMs = useClock(60_000);
	return (
		<li>
			<div className="row wrap">
				<Icon name="waiting" />
				<span className="grow">
					Maintenance {span.name}: nothing is changed and nobody is told of {span.covers} until{" "}
					{formatWhen(Date.parse(span.endsAt), nowMs)}.
				</span>
			</div>
		</li>
	);
}
