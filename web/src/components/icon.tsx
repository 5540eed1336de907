import type { ReactNode } from "react";
import type { IconName } from "../lib/icon-name.ts";

/** The 16 px glyphs. `var(--surface)` is what shows through where a shape is knocked out. */
const SHAPES: Readonly<Record<IconName, ReactNode>> = {
	critical: (
		<>
			<path fill="currentColor" d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" stroke="none" />
			<path stroke="var(--surface)" strokeWidth="1.8" d="M8 4.4v4.2" />
			<circle cx="8" cy="11.4" r="1.1" fill="var(--surface)" stroke="none" />
		</>
	),
	high: (
		<>
			<path fill="currentColor" strokeWidth="1.6" d="M8 2.2 14.4 13.4H1.6z" />
			<path stroke="var(--surface)" strokeWidth="1.7" d="M8 6v3.4" />
			<circle cx="8" cy="11.7" r="1" fill="var(--surface)" stroke="none" />
		</>
	),
	medium: (
		<>
			<path strokeWidth="1.8" d="M8 1.6 14.4 8 8 14.4 1.6 8z" />
			<path fill="currentColor" d="M8 4.6 11.4 8 8 11.4 4.6 8z" stroke="none" />
		</>
	),
	low: (
		<>
			<circle cx="8" cy="8" r="6" strokeWidth="1.8" />
			<circle cx="8" cy="8" r="2" fill="currentColor" stroke="none" />
		</>
	),
	normal: (
		<>
			<path strokeWidth="1.5" opacity=".55" d="M1.5 3.5h13M1.5 12.5h13" />
			<path strokeWidth="1.7" d="M1.5 8.6 5 7l3 2 3.2-2.2L14.5 8" />
		</>
	),
	watches: (
		<>
			<path strokeWidth="1.5" opacity=".6" d="M1.5 4h13M1.5 12h13" />
			<path strokeWidth="1.5" d="M1.5 8.6 5 7l3 2 3.2-2.2L14.5 8" />
		</>
	),
	learning: (
		<>
			<circle cx="8" cy="8" r="6" strokeWidth="1.8" strokeDasharray="1.2 3" strokeLinecap="butt" />
			<path strokeWidth="1.9" d="M8 2a6 6 0 0 1 5.7 7.9" />
		</>
	),
	investigating: (
		<>
			<circle cx="7" cy="7" r="4.6" strokeWidth="1.8" />
			<path strokeWidth="2" d="m10.6 10.6 3.6 3.6" />
		</>
	),
	waiting: (
		<>
			<circle cx="8" cy="8" r="6.2" strokeWidth="1.7" />
			<path strokeWidth="1.9" d="M6.2 5.7v4.6M9.8 5.7v4.6" />
		</>
	),
	running: (
		<>
			<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
			<path fill="var(--surface)" d="M6.4 4.9v6.2L11.3 8z" stroke="none" />
		</>
	),
	verifying: (
		<>
			<circle cx="8" cy="8" r="6.2" strokeWidth="1.7" strokeDasharray="3 2.2" strokeLinecap="butt" />
			<path strokeWidth="1.8" d="m5.4 8.2 1.9 1.9 3.4-3.9" />
		</>
	),
	resolved: (
		<>
			<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
			<path stroke="var(--surface)" strokeWidth="1.9" d="m4.9 8.3 2.2 2.2 4-4.7" />
		</>
	),
	back: <path strokeWidth="1.9" d="M2.2 6.4h7.3a4.1 4.1 0 1 1 0 8.2H6.2M5.4 3 2 6.4l3.4 3.4" />,
	failed: (
		<>
			<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
			<path stroke="var(--surface)" strokeWidth="1.9" d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" />
		</>
	),
	unknown: (
		<>
			<rect x="1" y="1" width="14" height="14" rx="3.4" fill="currentColor" stroke="none" />
			<path stroke="var(--surface)" strokeWidth="1.7" d="M5.9 6.1A2.1 2.1 0 1 1 8 8.3v.9" />
			<circle cx="8" cy="11.7" r="1" fill="var(--surface)" stroke="none" />
		</>
	),
	denied: (
		<>
			<circle cx="8" cy="8" r="6.2" strokeWidth="1.7" />
			<path strokeWidth="1.9" d="M5 8h6" />
		</>
	),
	expired: (
		<path
			strokeWidth="1.6"
			d="M3.6 1.8h8.8M3.6 14.2h8.8M4.6 1.8c0 3.6 3.4 4.4 3.4 6.2S4.6 10.6 4.6 14.2M11.4 1.8C11.4 5.4 8 6.2 8 8s3.4 2.6 3.4 6.2"
		/>
	),
	cancelled: (
		<>
			<circle cx="8" cy="8" r="6.2" strokeWidth="1.7" />
			<path strokeWidth="1.7" d="m3.8 12.2 8.4-8.4" />
		</>
	),
	frozen: (
		<path
			strokeWidth="1.6"
			d="M8 1.5v13M2.4 4.8l11.2 6.4M13.6 4.8 2.4 11.2M6.3 2.7 8 4.2l1.7-1.5M6.3 13.3 8 11.8l1.7 1.5"
		/>
	),
	shadow: (
		<>
			<circle cx="8" cy="8" r="6.2" strokeWidth="1.7" />
			<path fill="currentColor" d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" stroke="none" />
		</>
	),
	warn: (
		<>
			<path strokeWidth="1.6" d="M8 2 14.5 13.5h-13z" />
			<path strokeWidth="1.6" d="M8 6.4v3" />
			<circle cx="8" cy="11.5" r=".9" fill="currentColor" stroke="none" />
		</>
	),
	off: <circle cx="8" cy="8" r="6.2" strokeWidth="1.5" strokeDasharray="2 2.2" strokeLinecap="butt" />,
	check: <path strokeWidth="2" d="m3 8.4 3.4 3.4L13 4.6" />,
	info: (
		<>
			<circle cx="8" cy="8" r="6.2" strokeWidth="1.6" />
			<path strokeWidth="1.8" d="M8 7.5v3.7" />
			<circle cx="8" cy="5" r="1" fill="currentColor" stroke="none" />
		</>
	),
	link: (
		<>
			<rect x="1.8" y="5" width="7" height="6" rx="3" strokeWidth="1.6" />
			<rect x="7.2" y="5" width="7" height="6" rx="3" strokeWidth="1.6" />
		</>
	),
	search: (
		<>
			<circle cx="7" cy="7" r="4.6" strokeWidth="1.6" />
			<path strokeWidth="1.6" d="m10.6 10.6 3.4 3.4" />
		</>
	),
	up: <path strokeWidth="1.8" d="M8 13V3M3.5 7.5 8 3l4.5 4.5" />,
	now: (
		<>
			<circle cx="8" cy="8" r="6" strokeWidth="1.5" />
			<path strokeWidth="1.5" d="M8 4.6V8l2.3 1.6" />
		</>
	),
	incidents: <path strokeWidth="1.5" d="M1.5 9h3l2-5.5 3 9L11.3 9h3.2" />,
	ask: (
		<path
			strokeWidth="1.5"
			d="M2 4.2A2.2 2.2 0 0 1 4.2 2h7.6A2.2 2.2 0 0 1 14 4.2v5A2.2 2.2 0 0 1 11.8 11.4H7.5L4 14v-2.6A2.2 2.2 0 0 1 2 9.2z"
		/>
	),
	approvals: (
		<>
			<rect x="2" y="2" width="12" height="12" rx="3" strokeWidth="1.5" />
			<path strokeWidth="1.6" d="m5.2 8.2 2 2 3.6-4.2" />
		</>
	),
	remediations: (
		<path
			strokeWidth="1.5"
			d="M13.5 6.5A5.8 5.8 0 0 0 3 5M2.5 9.5A5.8 5.8 0 0 0 13 11M13.8 3v3.5h-3.5M2.2 13V9.5h3.5"
		/>
	),
	audit: (
		<>
			<path strokeWidth="1.5" d="M6 4h8M6 8h8M6 12h8" />
			<circle cx="2.6" cy="4" r="1.1" fill="currentColor" stroke="none" />
			<circle cx="2.6" cy="8" r="1.1" fill="currentColor" stroke="none" />
			<circle cx="2.6" cy="12" r="1.1" fill="currentColor" stroke="none" />
		</>
	),
	more: (
		<>
			<circle cx="3" cy="8" r="1.4" fill="currentColor" stroke="none" />
			<circle cx="8" cy="8" r="1.4" fill="currentColor" stroke="none" />
			<circle cx="13" cy="8" r="1.4" fill="currentColor" stroke="none" />
		</>
	),
	people: (
		<>
			<circle cx="6" cy="5.2" r="2.7" strokeWidth="1.5" />
			<path
				strokeWidth="1.5"
				d="M1.2 13.6c.4-2.7 2.3-4.2 4.8-4.2s4.4 1.5 4.8 4.2M11 2.9a2.6 2.6 0 0 1 0 4.7M12.4 9.9c1.4.6 2.2 1.9 2.4 3.7"
			/>
		</>
	),
	settings: (
		<>
			<path strokeWidth="1.5" d="M2 4.5h5M11 4.5h3M2 11.5h3M9 11.5h5" />
			<circle cx="9" cy="4.5" r="1.9" strokeWidth="1.5" />
			<circle cx="7" cy="11.5" r="1.9" strokeWidth="1.5" />
		</>
	),
};

/** A glyph in the colour of its text. Decoration: the word beside it says the same. */
export function Icon({ name, className = "" }: { readonly name: IconName; readonly className?: string }) {
	return (
		<svg
			className={`icon ${className}`}
			viewBox="0 0 16 16"
			fill="none"
			stroke="currentColor"
			strokeLinecap="round"
			strokeLinejoin="round"
			aria-hidden="true"
		>
			{SHAPES[name]}
		</svg>
	);
}
