/** The variable of a scenario's own `env` in which its phases travel, so that an archive keeps them. */
export const PHASES_VARIABLE = 'LOADWRIGHT_PHASES'
