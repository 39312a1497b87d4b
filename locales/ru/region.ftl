### Regions.

regions-title = Регионы
regions-none = Регионов пока нет.
region-districts = Районы и города
region-no-schools = Школ здесь пока нет.
