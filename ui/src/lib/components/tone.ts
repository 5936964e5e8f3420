/** What a colour says, the same in every component. */
export type Tone = 'neutral' | 'accent' | 'positive' | 'negative' | 'waiting' | 'live';
