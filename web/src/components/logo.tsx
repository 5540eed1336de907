/** The product's mark: a line inside its band. */
export function Logo({ className = "logo" }: { readonly className?: string }) {
	return (
		<svg className={className} viewBox="0 0 32 32" fill="none" aria-hidden="true">
			<rect width="32" height="32" rx="9" fill="var(--accent)" />
			<path
				d="M6 13h20M6 23h20"
				stroke="var(--on-accent)"
				strokeOpacity=".45"
				strokeWidth="2"
				strokeLinecap="round"
			/>
			<path
				d="M6 18.5h4l4.5-11 4.5 14 2.5-3.5H26"
				stroke="var(--on-accent)"
				strokeWidth="2.6"
				strokeLinecap="round"
				strokeLinejoin="round"
			/>
		</svg>
	);
}
