/** Souk's sign: an arch within an arch. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <path
        d="M5 17V11a7 7 0 0 1 14 0v6"
        fill="none"
        stroke="var(--accent-ink)"
        strokeWidth="2.2"
      />
      <path d="M9 17v-5a3 3 0 0 1 6 0v5" fill="none" stroke="var(--gold)" strokeWidth="2.2" />
    </svg>
  );
}
