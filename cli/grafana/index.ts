/** Dashboards, alerts and what provisions them, from what suites declare. */
export { aboutOf } from './aboutOf.ts'
export { filesOf, type File } from './files.ts'
export { aboutProject, isSame, writeFiles } from './project.ts'
export { ruleFiles } from './rules/index.ts'
