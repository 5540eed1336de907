import type { ReactNode } from "react";
import { Link } from "wouter";
import type { NowView, SessionView } from "../../api/types.generated.ts";
import { useCommand } from "../../api/use-actions.ts";
import { Icon } from "../../components/icon.tsx";
import { formatPercent } from "../../lib/format-percent.ts";
import { formatSpan } from "../../lib/format-time.ts";
import type { IconName } from "../../lib/icon-name.ts";

type Props = {
	readonly now: NowView;
	readonly firstRun: NonNullable<NowView["firstRun"]>;
	readonly session: SessionView;
};

const BREAK_IT = "demo break checkout leak";

/** The steps of the first run: started, learning, break the sample service where there is one, approve, verified. */
export function LoopSteps({ now, firstRun, session }: Props) {
	const learned = firstRun.learningProgress >= 1;
	const ready =
		firstRun.readyInSeconds === undefined
			? ""
			: `; the last one is ready in about ${formatSpan(firstRun.readyInSeconds * 1000)}`;
	const { demo, person } = session;
	return (
		<section className="card">
			<header>
				<h2>{demo ? "See the loop work" : "How it begins"}</h2>
			</header>
			<p className="small secondary steps-lead">
				{demo
					? "A sample service runs on this machine, with real traffic. Break it and watch."
					: "What your watches read is learned first. Until then nothing is called abnormal."}
			</p>
			<ol className="steps">
				<Step done title={`Started in ${firstRun.startedInSeconds.toFixed(1)} s`}>
					{demo ? "Store, metrics and checkout are running." : "The store and the metrics answer."}
				</Step>
				<Step
					done={learned}
					icon="learning"
					title={learned ? "Learned what is normal" : `Learning, ${formatPercent(firstRun.learningProgress)}`}
				>
					{now.watchesTotal === 1 ? "1 watch" : `${now.watchesTotal} watches`}
					{learned ? (now.watchesTotal === 1 ? " is scored" : " are scored") : ready}.
				</Step>
				{demo && (
					<Step
						done={firstRun.broken}
						title="Break checkout"
						action={!firstRun.broken && <BreakIt ready={firstRun.breakable} />}
					>
						{firstRun.broken
							? "It goes wrong for real. The watches have to notice it."
							: `Makes it leak memory for real.${firstRun.breakable ? "" : " Ready when learning is done."}`}
					</Step>
				)}
				<Step
					done={firstRun.verified}
					title="Approve, and see it verified"
					action={
						now.incident && (
							<Link className="button compact" href={`/incidents/${now.incident.id}`}>
								Open {now.incident.id}
							</Link>
						)
					}
				>
					You are {person.role} here. Each request says who may approve it.
				</Step>
			</ol>
		</section>
	);
}

type StepProps = {
	readonly done: boolean;
	readonly title: string;
	readonly icon?: IconName;
	readonly children: ReactNode;
	readonly action?: ReactNode;
};

function Step({ done, title, icon = "off", children, action }: StepProps) {
	return (
		<li>
			<span className={done ? "ok" : "mute"}>
				<Icon name={done ? "resolved" : icon} />
				<span className="hidden-visually">{done ? "Done: " : "To do: "}</span>
			</span>
			<div className="small">
				<b>{title}</b>
				<div className="secondary">{children}</div>
			</div>
			{action}
		</li>
	);
}

function BreakIt({ ready }: { readonly ready: boolean }) {
	const command = useCommand();
	return (
		<div className="step-action">
			<button
				type="button"
				className={`button compact ${ready ? "primary" : ""}`}
				disabled={!ready || command.isPending || command.isSuccess}
				onClick={() => command.mutate(BREAK_IT)}
			>
				{command.isPending ? "Sending…" : "Break it"}
			</button>
			<span className="small critical" role="alert">
				{command.error?.message}
			</span>
		</div>
	);
}
